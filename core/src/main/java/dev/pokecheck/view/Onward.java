// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import java.nio.LongBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the CPUs come to if all of them move in turn and no spontaneous interrupt comes. Of a state from which nothing can be completed any more
 * the waits that are seen in it may be over soon: what never ends is what they come to.
 */
final class Onward {
    /** CPUs that do not come round again in so many steps are not said to come to anything. */
    private static final int MAX_STEPS = 5_000;

    private final Machine machine;
    private final ActionList actions = new ActionList();
    private final Set<LongBuffer> seen = new TreeSet<>();

    private Onward(Machine machine) {
        this.machine = machine;
    }

    /** The state in which no CPU can move or in which they go round; empty if something fails on the way, or if the way is too long. */
    static Optional<long[]> of(Machine machine, long[] state) {
        long reached = machine.reached();
        long[] end = state.clone();
        boolean found = new Onward(machine.unreduced()).follow(end);
        machine.setReached(reached);
        return found ? Optional.of(end) : Optional.empty();
    }

    private boolean follow(long[] state) {
        while (seen.add(LongBuffer.wrap(state.clone()))) {
            for (int c = 0; c < machine.agents(); c++) {
                int action = next(state, c);
                if (action >= 0 && machine.apply(state, action) != 0) {
                    return false;
                }
            }
            if (seen.size() > MAX_STEPS) {
                return false;
            }
        }
        return true;
    }

    /** What a CPU does next, or has done to it, that somebody owes: what others wait for before its own step. Negative if there is nothing. */
    private int next(long[] state, int c) {
        machine.enabled(state, actions);
        int next = -1;
        for (int i = 0; i < actions.size(); i++) {
            int action = actions.get(i);
            boolean owed = machine.agent(action) == c && !machine.spontaneous(action);
            if (owed && (next < 0 || machine.duty(state, action) > machine.duty(state, next))) {
                next = action;
            }
        }
        return next;
    }
}
