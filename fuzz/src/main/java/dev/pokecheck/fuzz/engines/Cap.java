// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

/**
 * When an attempt is given up.
 *
 * @param runs after so many executions
 * @param nanos after so long
 */
record Cap(long runs, long nanos) {
    /** That of the table. */
    static final Cap DEFAULT = new Cap(200_000, 5_000_000_000L);

    boolean isReached(long runsSoFar, long nanosSoFar) {
        return runsSoFar >= runs || nanosSoFar >= nanos;
    }

    /** In words. */
    String text() {
        return runs + " executions or " + nanos / 1_000_000_000L + " seconds";
    }
}
