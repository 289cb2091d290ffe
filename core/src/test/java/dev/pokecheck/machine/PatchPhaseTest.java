// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchPhaseTest {
    private static Machine machine() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(b -> b.split(StoreSplit.WORD));
        return new Machine(
                scenario, Catalog.find("text_poke_bp_batch").orElseThrow().record(scenario.setting()));
    }

    /** The phases that one CPU's run goes through, each once. */
    private static List<String> phases(Machine machine) {
        long[] state = new long[machine.words()];
        ActionList enabled = new ActionList();
        machine.initial(state);
        List<String> phases = new ArrayList<>();
        while (!machine.complete(state)) {
            String phase = PatchPhase.text(machine.phase(state, 0));
            if (phases.isEmpty() || !phases.get(phases.size() - 1).equals(phase)) {
                phases.add(phase);
            }
            machine.enabled(state, enabled);
            machine.apply(state, first(machine, state, enabled));
        }
        phases.add(PatchPhase.text(machine.phase(state, 0)));
        return phases;
    }

    /** The patcher goes on if it can; else whatever takes an IPI. */
    private static int first(Machine machine, long[] state, ActionList enabled) {
        for (int i = 0; i < enabled.size(); i++) {
            String name = machine.describe(state, enabled.get(i));
            if (name.startsWith("cpu0") || name.contains("ipi") || name.contains("iret")) {
                return enabled.get(i);
            }
        }
        throw new AssertionError("nothing to take");
    }

    @Test
    void aPatchGoesThroughItsPhasesInOrder() {
        assertEquals(
                List.of(
                        "not begun, head v0, tail v0",
                        "patch to v1 under way, head v0, tail v0",
                        "patch to v1 under way, head int3, tail v0",
                        "patch to v1 under way, head int3, tail v1",
                        "patch to v1 under way, head v1, tail v1",
                        "patch to v1 returned, head v1, tail v1"),
                phases(machine()));
    }

    @Test
    void situationsTellFetchesApartByWhatTheySee() {
        Machine machine = machine();
        long[] state = new long[machine.words()];
        ActionList enabled = new ActionList();
        machine.initial(state);
        while (!PatchPhase.text(machine.phase(state, 0)).contains("int3")) {
            machine.enabled(state, enabled);
            machine.apply(state, first(machine, state, enabled));
        }
        machine.enabled(state, enabled);
        List<Integer> fetches = new ArrayList<>();
        for (int i = 0; i < enabled.size(); i++) {
            int situation = machine.situation(state, enabled.get(i));
            assertTrue(situation >= 0 && situation >>> Machine.SITUATION_BITS == 0);
            if (ActionKind.of(enabled.get(i)) == ActionKind.FETCH) {
                fetches.add(situation);
            }
        }
        assertEquals(2, fetches.size(), "the old NOP and the breakpoint");
        assertNotEquals(fetches.get(0), fetches.get(1));
    }
}
