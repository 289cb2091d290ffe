// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;

/**
 * An oracle that resolves all nondeterminism of a run: asked for one enabled action at a time.
 *
 * <p>What it picks is a function of its constructor's arguments, the number of the run and what it is shown.
 */
public interface Scheduler {

    /** The answer of {@link #pick} that ends the run. */
    int END = -1;

    /** A run begins. Runs are told apart by their numbers and need not come in order. */
    default void start(long run) {}

    /**
     * Picks one of the enabled actions.
     *
     * @param state the present state; not to be changed
     * @param enabled the enabled actions, at least one; not to be changed
     * @return the index of an action in {@code enabled}, or {@link #END}
     */
    int pick(long[] state, ActionList enabled);

    /** The run ended for another reason than {@link #END}. */
    default void finish(Walk.End end) {}
}
