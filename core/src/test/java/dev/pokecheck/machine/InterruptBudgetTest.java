// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.property.Reached;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Pins("machine.budget-per-cpu")
    @ParameterizedTest
    @CsvSource({"irq", "mc", "nmi"})
    void aCpuMayHaveItsOwn(String interrupt) {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(3).nmis(only(2, interrupt, "nmi")).irqs(only(2, interrupt, "irq")))
                .with(b -> b.mcs(only(2, interrupt, "mc")))
                .machine(b -> {}));
        assertEquals(List.of("cpu1 " + interrupt), script.enabled());
        script.take("cpu1 " + interrupt);
        if (!interrupt.equals("nmi")) {
            script.take("cpu1." + interrupt + " fetch site0 [90]");
        }
        assertEquals(
                List.of("cpu1 " + interrupt),
                script.take("cpu1." + interrupt + " iret").enabled());
    }

    /** Some on CPU 1 of three, if it is that interrupt. */
    private static InterruptBudget only(int count, String interrupt, String kind) {
        return new InterruptBudget(List.of(0, interrupt.equals(kind) ? count : 0, 0));
    }

    @Test
    void whatIsTheSameForAllIsWrittenOnce() {
        assertEquals(InterruptBudget.each(2), InterruptBudget.parse("nmi", "2,2,2"));
        assertEquals("0,2,0", InterruptBudget.parse("nmi", "0,2,0").text());
        assertEquals("2 NMI on cpu1", InterruptBudget.parse("nmi", "0,2,0").words("NMI"));
        assertEquals("2 NMI a CPU", InterruptBudget.each(2).words("NMI"));
    }

    @Test
    void theBudgetOfOneCpuCanBeLowered() {
        assertEquals(
                List.of("0", "0,0,1", "0,1,1", "0,2,0"),
                InterruptBudget.parse("nmi", "0,2,1").smaller().stream()
                        .map(InterruptBudget::text)
                        .toList());
        assertEquals(
                List.of("0", "1"),
                InterruptBudget.each(2).smaller().stream()
                        .map(InterruptBudget::text)
                        .toList());
        assertEquals(List.of(), InterruptBudget.each(0).smaller());
        assertEquals("2,1", InterruptBudget.parse("nmi", "0,2,1").without(0).text());
        assertEquals("1", InterruptBudget.parse("nmi", "1,2,1").without(1).text());
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
