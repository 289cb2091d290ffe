// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import com.code_intelligence.jazzer.api.Jazzer;
import dev.pokecheck.corpus.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Numbers the abstract states that runs of all machines reach and tells the fuzzer of each that is new, as one bit in what libFuzzer calls the value
 * profile: an input that comes to one is kept, if the fuzzer is asked to heed the value profile ({@link #ARGUMENT}). Counters of coverage would do the same, but of
 * groups of them, one a state, there is room for 4096 only, and looking at 3000 costs as much as a run. Allocates only where it grows.
 */
public final class Feedback {
    /** Whether the fuzzer is told. */
    public enum Mode {
        /** It is. */
        ON,
        /** It is not; abstract states are counted all the same. */
        OFF;

        /** Its name in {@code pokecheck.feedback}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All names. */
        static List<String> texts() {
            return Stream.of(values()).map(Mode::text).toList();
        }

        /** The mode with a name. */
        public static Mode of(String text) {
            return Choice.of("pokecheck.feedback", text, values(), Mode::text);
        }
    }

    /** What a fuzzer has to be told for feedback to have an effect. */
    public static final String ARGUMENT = "-use_value_profile=1";

    /** The fuzzer has a bit for so many states; beyond them nothing new is told, and its corpus stays finite. */
    private static final int TOLD = 1 << 16;

    /** Beyond so many states none is new. */
    private static final int MOST = 1 << 22;

    private final Mode mode;
    private long[] keys = new long[1 << 12];
    private int[] fresh = new int[64];
    private int count;
    private int freshCount;

    /** Feedback of abstract states. */
    public Feedback(Mode mode) {
        this.mode = mode;
    }

    /** The abstract states met so far. */
    int count() {
        return count;
    }

    /** Takes note of an abstract state, and says whether it is new. */
    boolean meet(long state) {
        long key = state * 0x9e3779b97f4a7c15L | 1;
        int slot = slot(key);
        if (keys[slot] == key || count == MOST) {
            return false;
        }
        keys[slot] = key;
        if (++count <= TOLD) {
            if (freshCount == fresh.length) {
                fresh = Arrays.copyOf(fresh, 2 * freshCount);
            }
            fresh[freshCount++] = count;
        }
        if (2 * count > keys.length) {
            grow();
        }
        return true;
    }

    /** Tells the fuzzer what is new since it was told the last time. */
    void tell() {
        if (mode == Mode.ON) {
            for (int i = 0; i < freshCount; i++) {
                Jazzer.exploreState((byte) (fresh[i] & 0x7f), fresh[i] >>> 7);
            }
        }
        freshCount = 0;
    }

    private int slot(long key) {
        int slot = (int) (key >>> 40) & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] old = keys;
        keys = new long[2 * old.length];
        for (long key : old) {
            if (key != 0) {
                keys[slot(key)] = key;
            }
        }
    }
}
