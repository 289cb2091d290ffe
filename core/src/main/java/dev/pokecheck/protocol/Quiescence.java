// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** What a CPU has to pass through once before a grace period is over. */
public enum Quiescence {
    /**
     * It runs its thread with interrupts and preemption on: no handler that was under way when the grace period began still is
     * ({@code synchronize_rcu}; handlers are read-side critical sections).
     */
    HANDLERS_DONE("synchronize_rcu"),
    /**
     * Its thread is in no site: whoever was preempted between two instructions of a site, or in a function called from there, has left it
     * ({@code synchronize_rcu_tasks}).
     */
    SITES_LEFT("synchronize_rcu_tasks");

    private final String function;

    Quiescence(String function) {
        this.function = function;
    }

    /** The kernel's function that waits for it. */
    public String function() {
        return function;
    }
}
