// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.property.Reached;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many spontaneous interrupts as the scenario gives to each CPU, and no more; and that they came during a patch is told. */
class InterruptBudgetTest {
    private static Machine machine() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1")))
                .with(b -> b.nmis(1).irqs(1).mcs(1));
        return new Machine(scenario, Catalog.find("naive").orElseThrow().record(scenario.setting()));
    }

    @Pins("machine.spontaneous")
    @ParameterizedTest
    @CsvSource({"irq", "mc", "nmi"})
    void oneIsOne(String interrupt) {
        Script script = new Script(machine());
        assertTrue(script.enabled().contains("cpu1 " + interrupt));
        script.take("cpu1 " + interrupt);
        if (!interrupt.equals("nmi")) {
            script.take("cpu1." + interrupt + " fetch site0 [90]");
        }
        script.take("cpu1." + interrupt + " iret");
        assertFalse(script.enabled().contains("cpu1 " + interrupt), () -> String.join("; ", script.enabled()));
        assertTrue(script.enabled().contains("cpu0 " + interrupt), "every CPU has its own");
    }

    @ParameterizedTest
    @CsvSource({"irq, IRQ_DURING_PATCH", "mc, MC_DURING_PATCH", "nmi, NMI_DURING_PATCH"})
    void whetherItCameDuringAPatchIsTold(String interrupt, Reached during) {
        Machine before = machine();
        new Script(before).take("cpu1 " + interrupt);
        assertEquals(0, before.reached() & during.bit());
        Machine amid = machine();
        new Script(amid).take("cpu0 patch1.site0", "cpu1 " + interrupt);
        assertEquals(during.bit(), amid.reached() & during.bit());
    }
}
