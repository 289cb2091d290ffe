// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Interleavings;
import java.nio.file.Path;

/** Fuzz target of one attempt: ends the process when the violation is found, or the attempt has taken long enough. */
public final class Attempt {
    /** How the line with the result begins. */
    static final String MARK = "pokecheck-attempt ";

    private static final Interleavings RUNS;
    private static final Task TASK;
    private static final Cap CAP = Cap.DEFAULT;
    private static final Stopwatch WATCH;

    static {
        if (Boolean.getBoolean("pokecheck.counting")) {
            CountingClasses.register();
        }
        TASK = Task.read(Path.of(System.getProperty("pokecheck.entry")));
        RUNS = TASK.runs(Feedback.Mode.of(System.getProperty("pokecheck.feedback")));
        WATCH = new Stopwatch();
    }

    private Attempt() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean found = RUNS.run(input) == TASK.property();
        long runs = RUNS.counts().runs();
        if (found || CAP.isReached(runs, WATCH)) {
            System.out.println(MARK + found + " " + runs + " " + WATCH.nanos());
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
