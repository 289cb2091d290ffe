// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.List;

/**
 * What a search did and found. It says no more than was checked: only {@link End#EXHAUSTED} is a statement about all states.
 *
 * @param end why the search ended
 * @param reason what the budget gave as its reason, or which table of the system was full; empty unless that ended the search
 * @param states distinct states, with the initial one and with those that were not expanded. The target of a step that was
 *     not taken does not count, unless another step led there
 * @param transitions applied actions, with steps that were not taken; not with those of the check for stuck states
 * @param depth breadth first, the number of steps to the state farthest from the initial one; depth first, the length of the
 *     longest path by which a state happened to be found
 * @param completeStates how many of the states are complete
 * @param deadEnds how many of the expanded states enable nothing and are not complete
 * @param bytesPerState what all arrays of the search occupied at its end, shared out among the states
 * @param stuck what is known of states from which no complete state can be reached
 * @param deadlocks all dead ends and stuck states, by their sorts, if they were asked for and the search was exhausted
 * @param findings in the order in which they occurred, each kind and each incident once, a stuck state and then a livelock last
 */
public record SearchResult(
        End end,
        String reason,
        long states,
        long transitions,
        int depth,
        long completeStates,
        long deadEnds,
        double bytesPerState,
        Stuck stuck,
        List<DeadlockClass> deadlocks,
        List<Finding> findings) {

    /** Why a search ended. */
    public enum End {
        /** Every state was reached, and every check that was asked for was made. */
        EXHAUSTED,
        /** Something occurred that was to end it. */
        STOPPED_AT_FINDING,
        /** There was one state more than were to be kept. */
        STATE_BOUND,
        /** The budget was spent, in the search or in the check for stuck states. */
        INTERRUPTED,
        /** The memory was. */
        OUT_OF_MEMORY,
        /** A table of the system had no room for what a step leads to, or for what a state enables. */
        TABLE_FULL
    }

    /** What is known of stuck states. */
    public enum Stuck {
        /** Nobody asked. */
        NOT_ASKED,
        /** The search ended before the question could be answered. */
        NOT_DECIDED,
        /** There is none. */
        NONE,
        /** There is one; it is among the findings. */
        FOUND
    }

    public SearchResult {
        deadlocks = List.copyOf(deadlocks);
        findings = List.copyOf(findings);
    }
}
