// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import java.util.Locale;

/**
 * When an attempt is given up.
 *
 * @param runs after so many executions
 * @param nanos after so much processor time; looked at now and then
 */
record Cap(long runs, long nanos) {
    /** That of the table. */
    static final Cap DEFAULT = new Cap(50_000, 2_000_000_000L);

    /** Runs between two looks at the watch, which is a system call. */
    private static final long LOOK = 16;

    boolean isReached(long runsSoFar, Stopwatch watch) {
        return runsSoFar >= runs || (runsSoFar % LOOK == 0 && watch.nanos() >= nanos);
    }

    /** In words. */
    String text() {
        return String.format(Locale.ROOT, "%d executions or %.1f seconds", runs, nanos / 1e9);
    }
}
