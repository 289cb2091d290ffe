// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** What of a run shows that a property is violated. */
public enum ShownBy {
    /** Its last step, by an incident. */
    STEP,
    /** Its last step, by an incident, and the statement of the protocol that found it says more than the place where the CPU stands. */
    STATEMENT,
    /** The state that it ends in; no step is to blame. */
    LAST_STATE,
    /** The loop that it ends with; no step is to blame. */
    LOOP,
    /** Nothing of one run: it takes all of a search. */
    NO_RUN;

    /** Whether one step, the last, is to blame. */
    public boolean isOneStep() {
        return this == STEP || this == STATEMENT;
    }
}
