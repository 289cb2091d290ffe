// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.List;

/** The names of actions, which are what schedules are kept as. */
public final class ActionNames {
    private ActionNames() {}

    /** The names of actions in one state. */
    static List<String> of(TransitionSystem system, long[] state, ActionList actions) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            names.add(system.describe(state, actions.get(i)));
        }
        return List.copyOf(names);
    }

    /**
     * The names of a schedule, each in the state in which it is taken.
     *
     * @throws IllegalArgumentException if one of the actions is not enabled when its turn comes
     */
    public static List<String> of(TransitionSystem system, int[] schedule) {
        List<String> names = new ArrayList<>();
        long[] state = new long[system.words()];
        ActionList enabled = new ActionList();
        system.initial(state);
        for (int action : schedule) {
            system.enabled(state, enabled);
            if (!contains(enabled, action)) {
                throw new IllegalArgumentException("step " + (names.size() + 1) + ": action " + action
                        + " is not enabled; enabled: " + of(system, state, enabled));
            }
            names.add(system.describe(state, action));
            system.apply(state, action);
        }
        return List.copyOf(names);
    }

    private static boolean contains(ActionList actions, int action) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) == action) {
                return true;
            }
        }
        return false;
    }
}
