// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules of contexts, of the documentation of the package {@code cpu}, that no other test is about. */
class CpuRulesTest {
    /**
     * What CPU 1 may fetch when an interrupt has come and gone while the text was changed, and may have fetched in its handler.
     *
     * @param interrupt {@code irq} or {@code mc}
     */
    private static List<String> afterwards(String interrupt, Profile profile) {
        return afterwards(interrupt, b -> b.profile(profile));
    }

    private static List<String> afterwards(String interrupt, UnaryOperator<ScenarioBuilder> change) {
        Script script = new Script(Litmus.sites("nop1->f4")
                .with(b -> change.apply(b.irqs(1).mcs(1)))
                .machine(b -> {
                    b.thread(0, r -> r.textPoke("poke", b.sites().get(0), 0, (byte) 0xf4));
                    b.thread(1, r -> r.execute("exec", b.sites().get(0)));
                }));
        String context = "cpu1." + interrupt;
        script.take("cpu0 poke", "cpu1 " + interrupt);
        assertTrue(script.enabled().contains(context + " fetch site0 [90]"), "delivery serializes nothing");
        script.take(context + " fetch site0 [90]", context + " iret");
        return script.enabled().stream()
                .filter(name -> name.startsWith("cpu1 fetch"))
                .sorted()
                .collect(Collectors.toList());
    }

    private static void theReturnSerializes(String interrupt) {
        List<String> fresh = List.of("cpu1 fetch site0 [f4]");
        List<String> stale = List.of("cpu1 fetch site0 [90]", "cpu1 fetch site0 [f4]");
        assertEquals(fresh, afterwards(interrupt, Profile.ARCHITECTURAL));
        assertEquals(stale, afterwards(interrupt, Profile.ARCHITECTURAL.without(Sync.IRET)));
    }

    @Pins("cpu.iret")
    @Test
    void theReturnFromAnIrqSerializes() {
        theReturnSerializes("irq");
    }

    @Pins("cpu.iret")
    @Test
    void theReturnFromAMachineCheckSerializes() {
        theReturnSerializes("mc");
    }

    @Pins("cpu.erets")
    @Test
    void theReturnUnderFredDoesNotSerialize() {
        List<String> stale = List.of("cpu1 fetch site0 [90]", "cpu1 fetch site0 [f4]");
        assertEquals(stale, afterwards("irq", b -> b.nmi(NmiModel.FRED)));
        assertEquals(stale, afterwards("mc", b -> b.nmi(NmiModel.FRED)));
    }

    @Pins("cpu.erets")
    @Test
    void theReturnUnderFredDoesNotWaitForTheStoreBuffer() {
        for (NmiModel model : NmiModel.values()) {
            Script script = new Script(Litmus.data(DataModel.TSO)
                    .with(b -> b.cpus(1).irqs(1).nmi(model))
                    .machine(b -> b.irq(r -> r.store("x", b.shared("x", 0, 0, 1), Expr.of(1)))));
            script.take("cpu0 irq", "cpu0.irq x", "cpu0.irq fetch site0 [90]");
            assertEquals(model == NmiModel.FRED, script.enabled().contains("cpu0.irq iret"), model.text());
        }
    }

    @Pins("cpu.machine-check")
    @Test
    void noMachineCheckIsDeliveredInsideAMachineCheck() {
        Script script = new Script(
                Litmus.sites("nop1->nop1").with(b -> b.cpus(1).mcs(2)).machine(b -> {}));
        assertFalse(script.take("cpu0 mc").enabled().contains("cpu0.mc mc"), "inside one");
        String fetch = script.enabled().get(0);
        assertTrue(script.take(fetch, "cpu0.mc iret").enabled().contains("cpu0 mc"), "after one");
    }
}
