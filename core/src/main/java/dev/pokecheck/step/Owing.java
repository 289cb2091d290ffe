// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/** What one CPU may owe another that waits for it. */
public enum Owing {
    /** To take the IPI of a {@code sync*}. */
    SYNC(true, false),
    /** To run the function of an IPI, or to have taken the request for it. */
    CALL(true, false),
    /** To be quiescent. */
    QUIESCENCE(false, false),
    /** To arrive in {@code stop_machine}. */
    ARRIVAL(true, true),
    /** To be through with its function of {@code stop_machine}. */
    FUNCTION(false, false),
    /** To leave {@code stop_machine}. */
    DEPARTURE(false, false);

    private final boolean interrupts;
    private final boolean preempts;

    Owing(boolean interrupts, boolean preempts) {
        this.interrupts = interrupts;
        this.preempts = preempts;
    }

    /** Whether IF=0 keeps a CPU from it. */
    public boolean interrupts() {
        return interrupts;
    }

    /** Whether preemption that is off keeps a CPU from it. */
    public boolean preempts() {
        return preempts;
    }
}
