// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

/**
 * Why a step is the turn of its CPU.
 *
 * @param kind the kind of reason
 * @param from the CPU that moved before; its own for the first step
 * @param text the reason in words; empty if there was no change of CPU
 */
public record Turn(Kind kind, int from, String text) {
    /** The kinds of reasons. */
    public enum Kind {
        /** The first step. */
        FIRST,
        /** The CPU goes on. */
        SAME,
        /** The CPU before cannot go on by itself. */
        BLOCKED,
        /** The CPU before has finished, or owes nothing more. */
        DONE,
        /** The CPU before could have gone on: the schedule chose otherwise. */
        FREE
    }
}
