// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incident;

/**
 * Whether a protocol refuses a scenario: its patcher dies of an assertion although no other CPU moves and nothing interrupts it, as
 * {@code smp_text_poke_batch} does for a site whose new instruction its handler could not emulate. That is what the protocol is meant to do, and no
 * finding.
 */
final class Refusal {
    private static final int STEPS = 400;

    private Refusal() {}

    /** Whether the protocol of a machine refuses its scenario. */
    static boolean of(Machine machine) {
        long[] state = new long[machine.words()];
        ActionList enabled = new ActionList();
        machine.initial(state);
        for (int i = 0; i < STEPS; i++) {
            machine.enabled(state, enabled);
            int action = first(machine, enabled);
            if (action < 0) {
                return false;
            }
            if ((machine.apply(state, action) & Incident.BUG_ON.bit()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The next step of the CPU that patches, which is the first; -1 if it has none. */
    private static int first(Machine machine, ActionList enabled) {
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (machine.agent(action) == 0 && !machine.spontaneous(action)) {
                return action;
            }
        }
        return -1;
    }
}
