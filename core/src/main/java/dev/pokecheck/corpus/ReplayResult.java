// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

/**
 * What a replay showed.
 *
 * @param outcome whether it is what the entry expects
 * @param message the outcome in words
 * @param steps how many steps of the schedule were taken
 */
public record ReplayResult(Outcome outcome, String message, int steps) {
    /** Whether a replay is what its entry expects. */
    public enum Outcome {
        /** It shows what the entry expects. */
        REPRODUCED,
        /** A step was not enabled, or the run ended before its schedule. */
        DIVERGED,
        /** All steps were taken, and something else went wrong than expected, or nothing. */
        OTHER,
        /** The protocol is not the one that the entry was written for; the message says what its schedule shows now. */
        CHANGED
    }
}
