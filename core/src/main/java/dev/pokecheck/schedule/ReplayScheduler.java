// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.List;

/**
 * Picks the actions of a schedule by their names. Strict: it never picks an action that the schedule does not name, and throws
 * {@link ReplayDivergedException} where that is not enabled, or where the run ends before the schedule does. Where the schedule
 * ends, so does the run.
 *
 * <p>Schedules may go on in complete states, and so must the {@link Walk}.
 */
public final class ReplayScheduler implements Scheduler {
    private final TransitionSystem system;
    private final List<String> names;
    private int step;

    public ReplayScheduler(TransitionSystem system, List<String> names) {
        this.system = system;
        this.names = List.copyOf(names);
    }

    @Override
    public void start(long run) {
        step = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        if (step == names.size()) {
            return END;
        }
        String expected = names.get(step++);
        for (int i = 0; i < enabled.size(); i++) {
            if (system.describe(state, enabled.get(i)).equals(expected)) {
                return i;
            }
        }
        throw ReplayDivergedException.notEnabled(step, expected, ActionNames.of(system, state, enabled));
    }

    @Override
    public void finish(Walk.End end) {
        if (step < names.size()) {
            throw ReplayDivergedException.endedEarly(step + 1, names.get(step), end);
        }
    }
}
