// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Interleavings;
import java.nio.file.Path;

/** Fuzz target of one attempt: ends the process when the violation is found, or the attempt has taken long enough. */
public final class Attempt {
    /** How the line with the result begins. */
    static final String MARK = "pokecheck-attempt ";

    private static final Task TASK = Task.read(Path.of(System.getProperty("pokecheck.entry")));
    private static final Interleavings RUNS = TASK.runs(Feedback.Mode.of(System.getProperty("pokecheck.feedback")));
    private static final Cap CAP = Cap.DEFAULT;
    private static final long START = System.nanoTime();

    private Attempt() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean found = RUNS.run(input) == TASK.property();
        long runs = RUNS.counts().runs();
        long nanos = System.nanoTime() - START;
        if (found || CAP.isReached(runs, nanos)) {
            System.out.println(MARK + found + " " + runs + " " + nanos);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
