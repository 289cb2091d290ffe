// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import com.code_intelligence.jazzer.api.Jazzer;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Numbers the abstract states that runs reach and tells the fuzzer, as one bit each in what libFuzzer calls the value profile: an input that
 * reaches one that no input has reached before is kept, if the fuzzer is asked to heed the value profile ({@link #ARGUMENT}). Counters of coverage would
 * do the same, but of groups of them, one a state, there is room for 4096 only, and looking at 3000 costs as much as a run. Picks what another
 * scheduler picks. Allocates nothing.
 */
public final class Feedback {
    /** What is told. */
    public enum Mode {
        /**
         * The situation together with the shared part of the state: text, variables, who has begun and returned. It finds the deep faults in the
         * fewest executions; see docs/fuzzing.md.
         */
        ON,
        /** Nothing; abstract states are counted all the same. */
        OFF,
        /** {@link Machine#situation}. */
        SITUATIONS,
        /** Pairs of situations that follow each other. */
        PAIRS;

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

    private static final int SLOTS = 1 << 17;
    /** The fuzzer has a bit for so many states; beyond it nothing new is told, and its corpus stays finite. */
    private static final int MOST = SLOTS / 2;

    private final Mode mode;
    private final long[] keys = new long[SLOTS];
    private final int[] numbers = new int[SLOTS];
    private final int[] lastRun = new int[SLOTS];
    private final int[] told = new int[MOST];
    private int count;
    private int run;
    private int tells;
    private long before;

    /** Feedback that tells this. */
    public Feedback(Mode mode) {
        this.mode = mode;
    }

    /** The abstract states met so far. */
    int count() {
        return count;
    }

    /** The situation before the last step. */
    long lastSituation() {
        return before;
    }

    /** A scheduler that picks what another picks on a machine, and notes what that leads to. */
    Scheduler watch(Machine machine, long salt, Scheduler scheduler) {
        int[] starts = machine.partStarts();
        int shared = starts.length > 1 ? starts[1] : machine.words();
        return new Scheduler() {
            @Override
            public void start(long number) {
                before = 0;
                run++;
                tells = 0;
                scheduler.start(number);
            }

            @Override
            public int pick(long[] state, ActionList enabled) {
                int pick = scheduler.pick(state, enabled);
                if (pick != END) {
                    long situation = machine.situation(state, enabled.get(pick)) + 1L;
                    meet(salt
                            + switch (mode) {
                                case OFF, SITUATIONS -> situation;
                                case PAIRS -> (situation << (Machine.SITUATION_BITS + 1)) | before;
                                case ON -> mix(state, shared, situation);
                            });
                    before = situation;
                }
                return pick;
            }
        };
    }

    /** Tells the fuzzer what the last run has met. */
    void tell() {
        if (mode == Mode.OFF) {
            return;
        }
        for (int i = 0; i < tells; i++) {
            Jazzer.exploreState((byte) (told[i] & 0x7f), told[i] >>> 7);
        }
    }

    private void meet(long what) {
        long key = what * 0x9e3779b97f4a7c15L | 1;
        int slot = (int) (key >>> 47);
        while (keys[slot] != key) {
            if (keys[slot] == 0) {
                if (count == MOST) {
                    return;
                }
                keys[slot] = key;
                numbers[slot] = ++count;
                lastRun[slot] = run - 1;
                break;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (lastRun[slot] != run) {
            lastRun[slot] = run;
            told[tells++] = numbers[slot];
        }
    }

    private static long mix(long[] state, int words, long situation) {
        long mixed = situation;
        for (int i = 0; i < words; i++) {
            mixed = (mixed ^ state[i]) * 0xbf58476d1ce4e5b9L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }
}
