// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.Scheduler;

/**
 * Brings a run to its end: the lowest agent that owes something moves, until all are done or none can move. Every so often the next agent comes first, so that
 * none is starved for ever.
 */
final class Fair implements Scheduler {
    private static final int TURN = 64;

    private final TransitionSystem system;
    private int steps;

    Fair(TransitionSystem system) {
        this.system = system;
    }

    @Override
    public void start(long run) {
        steps = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        if (system.complete(state)) {
            return END;
        }
        int agents = system.agents();
        int first = steps++ / TURN % agents;
        for (int i = 0; i < agents; i++) {
            int pick = owed(enabled, (first + i) % agents);
            if (pick != END) {
                return pick;
            }
        }
        return END;
    }

    /** The last that an agent owes: interrupts stand after steps, and a loop that never takes its IPI would keep all others waiting. */
    private int owed(ActionList enabled, int agent) {
        for (int i = enabled.size() - 1; i >= 0; i--) {
            int action = enabled.get(i);
            if (system.agent(action) == agent && !system.spontaneous(action)) {
                return i;
            }
        }
        return END;
    }
}
