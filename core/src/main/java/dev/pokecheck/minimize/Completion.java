// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;

/**
 * Goes on from a state to where all is done, in a fair and plain way: the CPUs take turns, those that have nothing left to do only when
 * nobody else can move; nothing spontaneous happens; fetches see what memory holds.
 */
final class Completion {
    private static final int NOTHING = -1;

    private final Machine machine;
    private final ActionList enabled = new ActionList();

    Completion(Machine machine) {
        this.machine = machine;
    }

    /** The next action behind one of a CPU; -1 if nobody who owes anything can move. */
    int next(long[] state, int lastCpu) {
        machine.enabled(state, enabled);
        int idle = NOTHING;
        for (int i = 1; i <= machine.agents(); i++) {
            int cpu = (lastCpu + i) % machine.agents();
            int action = of(state, cpu);
            if (action != NOTHING && !machine.isDone(state, cpu)) {
                return action;
            }
            idle = idle == NOTHING ? action : idle;
        }
        return idle;
    }

    /** The next action of a CPU; -1 if it has to wait for others. */
    int nextOf(long[] state, int cpu) {
        machine.enabled(state, enabled);
        return of(state, cpu);
    }

    /** What a CPU does: what is asked of it from outside, then what memory holds, then the first that it may. */
    private int of(long[] state, int cpu) {
        int best = NOTHING;
        int bestRank = 0;
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (ActionKind.cpu(action) == cpu && !machine.spontaneous(action)) {
                int rank = rank(state, action);
                if (rank > bestRank) {
                    best = action;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private int rank(long[] state, int action) {
        return switch (ActionKind.of(action)) {
            case IPI, CALL, STOP, SUSPEND, NMI_SENT -> 4;
            case DRAIN -> 3;
            case FETCH -> machine.fetchesPresent(state, action) ? 2 : 1;
            default -> 2;
        };
    }
}
