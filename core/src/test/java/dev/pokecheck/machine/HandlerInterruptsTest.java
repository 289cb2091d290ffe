// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that set IF: what comes to them, and what that means for who waits for them. */
class HandlerInterruptsTest {
    // ---- interrupts in service

    /** CPU 0 asks CPU 1 to synchronise, and CPU 1 is in an IRQ handler that has done something. */
    private static Script inIrq(Consumer<Recorder> handler, String... steps) {
        Script script =
                new Script(Litmus.sites("nop1->nop1").with(b -> b.irqs(2)).machine(b -> {
                    b.thread(0, r -> r.syncEachCpu("sync", Sync.IRET));
                    b.irq(handler);
                }));
        script.take("cpu1 irq");
        for (String step : steps) {
            script.take("cpu1.irq " + step);
        }
        return script.take("cpu0 sync");
    }

    @Pins("cpu.priority")
    @Test
    void anIpiNestsInAnIrqHandlerThatSetsTheInterruptFlagAndAnIrqDoesNot() {
        Script script = inIrq(r -> r.irqEnable("sti"), "sti");
        assertTrue(script.enabled().contains("cpu1.irq ipi"));
        assertFalse(script.enabled().contains("cpu1.irq irq"));
    }

    @Test
    void neitherNestsBeforeTheHandlerSetsIt() {
        Script script = inIrq(r -> r.eoi("eoi"), "eoi");
        assertFalse(script.enabled().contains("cpu1.irq ipi"));
        assertFalse(script.enabled().contains("cpu1.irq irq"));
    }

    @Pins("cpu.priority")
    @Test
    void anIrqNestsAfterTheEndOfInterrupt() {
        Script script = inIrq(
                r -> {
                    r.eoi("eoi");
                    r.irqEnable("sti");
                },
                "eoi",
                "sti");
        assertTrue(script.enabled().contains("cpu1.irq irq"));
        script.take("cpu1.irq irq");
        assertFalse(script.enabled().contains("cpu1.irq ipi"), "the gate clears IF");
    }

    @Pins("cpu.priority")
    @Test
    void theServiceOfAnIrqEndsWithItsReturn() {
        Script script = inIrq(r -> r.irqEnable("sti"), "sti", "fetch site0 [90]", "iret");
        assertTrue(script.enabled().contains("cpu1 irq"));
    }

    @Test
    void anEndOfInterruptWithNothingInServiceDoesNothing() {
        Outcomes outcomes =
                Litmus.data(DataModel.SC).with(b -> b.cpus(2).irqs(1)).run("eoi; x=1; r0=x", "sti");
        assertEquals(Set.of("1"), outcomes.finals());
    }

    // ---- the shadow of STI

    /** Whether an IRQ can come between STI and the load after it, and after that load. */
    private static void lands(String program, boolean between, boolean after) {
        Script script = new Script(
                Litmus.data(DataModel.SC).with(b -> b.cpus(1).irqs(1).nmis(1)).machine(new Assembly(program)));
        script.take("cpu0 s0", "cpu0 s1");
        assertEquals(between, script.enabled().contains("cpu0 irq"), program);
        assertTrue(script.enabled().contains("cpu0 nmi"), "NMIs come all the same");
        script.take("cpu0 s2");
        assertEquals(after, script.enabled().contains("cpu0 irq"), program);
    }

    @Pins("cpu.interrupt-shadow")
    @Test
    void anStiHoldsInterruptsOffUntilTheNextStatementIsDone() {
        lands("cli; sti+; r0=x", false, true);
        lands("cli; sti; r0=x", true, true);
        lands("cli; sti+; cli", false, false);
    }

    @Pins("cpu.interrupt-shadow")
    @Test
    void anStiThatFindsTheFlagSetHasNoShadow() {
        lands("x=1; sti+; r0=x", true, true);
    }

    @Pins("cpu.interrupt-shadow")
    @Test
    void theShadowDoesNotOutliveAnNmi() {
        Script script = new Script(Litmus.data(DataModel.SC)
                .with(b -> b.cpus(1).irqs(1).nmis(1))
                .machine(new Assembly("cli; sti+; r0=x")));
        script.take("cpu0 s0", "cpu0 s1", "cpu0 nmi");
        assertFalse(script.enabled().contains("cpu0.nmi irq"));
        assertTrue(script.take("cpu0.nmi iret").enabled().contains("cpu0 irq"));
    }

    @Pins("cpu.interrupt-shadow")
    @Test
    void aFetchInTheShadowEndsIt() {
        Script script = new Script(
                Litmus.sites("9090->9090").with(b -> b.cpus(1).irqs(1)).machine(new Assembly("cli; sti+; exec")));
        script.take("cpu0 s0", "cpu0 s1");
        assertFalse(script.enabled().contains("cpu0 irq"));
        assertTrue(script.take("cpu0 fetch site0 [90]").enabled().contains("cpu0 irq"), "between its instructions");
    }

    // ---- what a rendezvous does not wait for

    /**
     * A breakpoint handler calls through a hook; the patcher takes the breakpoint out, lets every CPU synchronise, and resets the hook.
     *
     * @param before what the handler does before it loads the hook
     * @param after what it does between that and the call
     */
    private static Set<Incident> hook(Consumer<Recorder> before, Consumer<Recorder> after) {
        Protocol.Definition program = b -> {
            Site site = b.sites().get(0);
            Shared hook = b.shared("hook", 1, 0, 1);
            b.thread(0, r -> {
                r.textPoke("out", site, 0, site.bytes(1));
                r.syncEachCpu("sync", Sync.IRET);
                r.store("reset", hook, Expr.of(0));
            });
            b.thread(1, r -> r.execute("exec", site));
            b.breakpoint(r -> {
                Local called = r.local("called", 0, 1);
                before.accept(r);
                r.load("hook", called, hook);
                after.accept(r);
                r.bugOn(called.value().eq(0), "call through NULL");
                r.emulate("emulate", site, 1, true);
            });
        };
        Outcomes outcomes = Litmus.sites("int3->nop1").run(program);
        assertFalse(outcomes.deadlock());
        Set<Incident> incidents = EnumSet.noneOf(Incident.class);
        incidents.addAll(outcomes.incidents());
        incidents.remove(Incident.LOST_PATCH);
        return incidents;
    }

    @Pins("machine.sync")
    @Test
    void aRendezvousDoesNotWaitForAHandlerWithInterruptsOn() {
        assertEquals(Set.of(Incident.BUG_ON), hook(r -> r.irqEnable("sti"), r -> {}));
        assertEquals(Set.of(), hook(r -> {}, r -> r.irqEnable("sti")), "loaded before");
        assertEquals(Set.of(), hook(r -> {}, r -> {}), "interrupts off throughout");
    }

    @Test
    void theShadowOfStiProtectsTheNextLoad() {
        assertEquals(Set.of(), hook(r -> r.sti("sti"), r -> {}));
    }

    @ParameterizedTest
    @EnumSource(NmiModel.class)
    void anIpiInAnNmiHandlerUnblocksNmisOnHardware(NmiModel model) {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.nmi(model).nmis(2).fetch(FetchModel.COHERENT))
                .machine(b -> {
                    b.thread(0, r -> r.syncEachCpu("sync", Sync.IRET));
                    b.nmi(r -> r.irqEnable("sti"));
                }));
        script.take("cpu0 sync", "cpu1 nmi", "cpu1.nmi sti", "cpu1.nmi ipi");
        assertEquals(model == NmiModel.HARDWARE, script.enabled().contains("cpu1.nmi nmi"));
    }
}
