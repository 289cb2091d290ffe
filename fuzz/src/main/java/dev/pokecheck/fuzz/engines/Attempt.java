// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Interleavings;
import dev.pokecheck.property.Property;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Fuzz target of one attempt: ends the process when the violation is found, or the attempt has taken long enough. */
public final class Attempt {
    /** How the line with the result begins. */
    static final String MARK = "pokecheck-attempt ";

    /** The schedules of a burst. */
    private static final int SCHEDULES = 64;

    private static final Interleavings RUNS;
    private static final Task TASK;
    private static final Cap CAP = Cap.DEFAULT;
    private static final Stopwatch WATCH;

    static {
        TASK = Task.read(Path.of(System.getProperty("pokecheck.entry")));
        RUNS = TASK.runs(Feedback.Mode.ON, Long.getLong("pokecheck.seed", 0));
        WATCH = new Stopwatch();
    }

    private Attempt() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            judge(RUNS.begin(input));
        } else {
            RUNS.begin(input);
        }
        for (int i = 0; i < SCHEDULES; i++) {
            judge(RUNS.next());
        }
        RUNS.tell();
    }

    private static void judge(@Nullable Property property) {
        boolean found = property == TASK.property();
        long runs = RUNS.runs();
        if (found || CAP.isReached(runs, WATCH)) {
            System.out.println(MARK + found + " " + runs + " " + WATCH.nanos());
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
