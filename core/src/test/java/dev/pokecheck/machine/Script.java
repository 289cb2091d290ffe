// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.property.Incident;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One run of a machine, action by action, by name. */
final class Script {
    private final Machine machine;
    private final long[] state;
    private final ActionList actions = new ActionList();
    private final Set<Incident> incidents = EnumSet.noneOf(Incident.class);

    Script(Machine machine) {
        this.machine = machine;
        state = new long[machine.words()];
        machine.initial(state);
    }

    /** Takes actions that must be enabled and, but for the last, must go well. */
    Script take(String... names) {
        for (String name : names) {
            assertEquals(Set.of(), incidents, "before " + name);
            int action = find(name);
            if (action < 0) {
                throw new AssertionError("\"" + name + "\" is not enabled; enabled are " + enabled());
            }
            long bits = machine.apply(state, action);
            for (Incident incident : Incident.values()) {
                if ((bits & incident.bit()) != 0) {
                    incidents.add(incident);
                }
            }
        }
        return this;
    }

    private int find(String name) {
        machine.enabled(state, actions);
        for (int i = 0; i < actions.size(); i++) {
            if (machine.describe(state, actions.get(i)).equals(name)) {
                return actions.get(i);
            }
        }
        return -1;
    }

    /** The names of the enabled actions. */
    List<String> enabled() {
        List<String> names = new ArrayList<>();
        machine.enabled(state, actions);
        for (int i = 0; i < actions.size(); i++) {
            names.add(machine.describe(state, actions.get(i)));
        }
        return names;
    }

    /** What went wrong in the last action. */
    Set<Incident> incidents() {
        return incidents;
    }

    /** Whether IF is set on a CPU. */
    boolean isInterruptible(int cpu) {
        return machine.model()
                .layout
                .cpu
                .interruptFlag
                .isSet(state, machine.model().layout.cpuBase(cpu));
    }

    long[] state() {
        return state.clone();
    }
}
