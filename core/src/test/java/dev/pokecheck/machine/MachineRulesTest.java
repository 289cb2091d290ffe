// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rules of the package documentation that no other test is about. */
class MachineRulesTest {
    private static final Set<Incident> NOTHING = Set.of();
    private static final Profile NO_IRET = Profile.ARCHITECTURAL.without(Sync.IRET);

    // ---- resuming at old bytes

    /** CPU 0 replaces five NOPs by one jump with one store; fetches may be stale. */
    private static Script replaced() {
        return new Script(Litmus.sites("9090909090->jmp32")
                .with(b -> b.split(StoreSplit.LINE).fetch(FetchModel.STALE_CHUNK))
                .machine(b -> {
                    Site site = b.sites().get(0);
                    b.thread(0, r -> {
                        r.patchBegin("begin", site, 1);
                        r.textPoke("poke", site, 0, site.bytes(1));
                        r.patchEnd("end", site, 1);
                    });
                    b.thread(1, r -> r.execute("exec", site));
                }));
    }

    private static Script poke(Script script) {
        script.take("cpu0 begin");
        script.take(script.enabled().stream()
                .filter(name -> name.startsWith("cpu0 poke"))
                .findFirst()
                .orElseThrow());
        return script.take("cpu0 end");
    }

    @Pins("machine.resumed-old")
    @Test
    void resumingAtOldBytesExecutesTheOldVersion() {
        Script script = poke(replaced().take("cpu1 fetch site0 [90]"));
        script.take("cpu1 fetch site0+1 [90]", "cpu1 fetch site0+2 [90]", "cpu1 fetch site0+3 [90]");
        assertEquals(NOTHING, script.take("cpu1 fetch site0+4 [90]").incidents(), "it began before the patch returned");
        assertEquals(
                Set.of(Incident.STALE),
                poke(replaced()).take("cpu1 fetch site0 [90]").incidents());
    }

    // ---- called functions

    @Pins("machine.no-effect")
    @Test
    void aFunctionWithoutEffectIsNoStep() {
        Script script = new Script(calls(true)).take("cpu0 tasks", "cpu0 tasks.wait");
        script.take(script.enabled().get(0));
        assertEquals(List.of(), script.enabled(), "the call returns into the site, and out of it, in the same step");
    }

    @Pins("data.room")
    @Test
    void aCalledStoreWaitsForRoom() {
        Litmuses.CALLED_STORE_WAITS_FOR_ROOM.check();
    }

    // ---- grace periods

    /** CPU 1 looks at a pointer and uses the object, which CPU 0 frees after a grace period. */
    private static Set<Incident> used(boolean inHandler, Consumer<Recorder> before, Consumer<Recorder> after) {
        Protocol.Definition definition = b -> {
            Shared pointer = b.shared("p", 0, 0, 1);
            ProtocolBuilder.Obj object = b.object("probe");
            Shared field = object.field("field", 0, 0, 1);
            b.thread(0, r -> {
                r.begin("alloc", object);
                r.store("publish", pointer, Expr.of(1));
                r.store("unpublish", pointer, Expr.of(0));
                r.gracePeriod("rcu", Quiescence.HANDLERS_DONE);
                r.end("free", object);
            });
            Consumer<Recorder> use = r -> {
                before.accept(r);
                Local p = r.local("p", 0, 1);
                Local value = r.local("value", 0, 1);
                r.load("pointer", p, pointer);
                r.ifThen(p.value().eq(1), () -> r.load("field", value, field));
                after.accept(r);
            };
            b.thread(1, inHandler ? r -> r.foreignInt3("int3") : use);
            b.breakpoint(inHandler ? use : r -> {});
        };
        Outcomes outcomes = Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(definition);
        assertTrue(outcomes.met(Reached.COMPLETE));
        Set<Incident> incidents = EnumSet.noneOf(Incident.class);
        incidents.addAll(outcomes.incidents());
        incidents.remove(Incident.LOST_PATCH);
        return incidents;
    }

    @Pins("machine.grace-handlers")
    @Test
    void aHandlerWithInterruptsOnIsBusy() {
        assertEquals(NOTHING, used(true, r -> r.irqEnable("sti"), r -> {}));
    }

    @Pins("machine.grace-handlers")
    @Test
    void aThreadWithInterruptsOffIsBusy() {
        assertEquals(NOTHING, used(false, r -> r.irqDisable("cli"), r -> r.irqEnable("sti")));
        assertEquals(Set.of(Incident.DEAD_OBJECT), used(false, r -> {}, r -> {}));
    }

    @Pins("machine.grace-period")
    @Test
    void beingSeenIdleOnceIsEnough() {
        Script script =
                new Script(Litmus.data(DataModel.SC).with(b -> b.cpus(2)).machine(b -> {
                    b.thread(0, r -> r.gracePeriod("rcu", Quiescence.HANDLERS_DONE));
                    b.thread(1, r -> {
                        r.foreignInt3("first");
                        r.foreignInt3("second");
                    });
                    b.breakpoint(r -> r.unhandled("not_ours"));
                }));
        script.take("cpu1 first", "cpu0 rcu");
        assertFalse(script.enabled().contains("cpu0 rcu.wait"), "the handler is under way");
        script.take("cpu1.bp not_ours", "cpu1.bp iret");
        assertTrue(script.enabled().contains("cpu0 rcu.wait"), "it is over");
        assertTrue(script.take("cpu1 second").enabled().contains("cpu0 rcu.wait"), "this one came later");
    }

    @Pins("machine.grace-barrier")
    @Test
    void aGracePeriodBeginsWithAFullBarrier() {
        Litmuses.GRACE_PERIOD_WAITS_FOR_THE_BUFFER.check();
    }

    @Pins("machine.grace-serializes-nobody")
    @Test
    void aGracePeriodSerializesNobody() {
        for (String kind : List.of("rcu", "rcu-tasks")) {
            Litmus litmus =
                    Litmus.sites("nop1->f4").with(b -> b.data(DataModel.TSO)).fetches();
            assertEquals(
                    Set.of("cpu1=old", "cpu1=new"),
                    litmus.run("poke; " + kind + "; x=1", "wait x 1; exec").finals());
            assertEquals(
                    Set.of("cpu0=old", "cpu0=new"),
                    litmus.run("poke; " + kind + "; exec").finals());
        }
    }

    private static Protocol.Definition tasks(Consumer<ProtocolBuilder> rest) {
        return b -> {
            b.thread(0, r -> r.gracePeriod("tasks", Quiescence.SITES_LEFT));
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
            rest.accept(b);
        };
    }

    private static boolean isOver(Script script) {
        return script.enabled().contains("cpu0 tasks.wait");
    }

    @Pins("machine.grace-tasks")
    @Test
    void aThreadAtTheFirstByteIsQuiescent() {
        Machine machine = Litmus.sites("int3->nop1")
                .machine(tasks(b ->
                        b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().minus(1)))));
        assertTrue(isOver(new Script(machine).take("cpu0 tasks")), "before its first fetch");
        Script trapped = new Script(machine).take("cpu1 fetch site0 [cc]");
        assertTrue(isOver(trapped.take("cpu1.bp iret", "cpu0 tasks")), "back at the breakpoint");
    }

    private static Machine calls(boolean mergeLocal) {
        return Litmus.sites("call->nop5")
                .with(b -> b.mergeLocal(mergeLocal).fetch(FetchModel.COHERENT))
                .machine(tasks(b -> {}));
    }

    @Pins("machine.grace-tasks")
    @Test
    void aThreadInAFunctionCalledFromASiteIsWaitedFor() {
        Script script = new Script(calls(false));
        String call = script.enabled().stream()
                .filter(name -> name.startsWith("cpu1 fetch"))
                .findFirst()
                .orElseThrow();
        assertFalse(isOver(script.take(call, "cpu0 tasks")));
        String ret = script.enabled().stream()
                .filter(name -> name.startsWith("cpu1 ret"))
                .findFirst()
                .orElseThrow();
        assertTrue(isOver(script.take(ret)));
    }

    @Pins("machine.grace-tasks")
    @Test
    void aPreemptedThreadInsideASiteIsWaitedFor() {
        Script script = new Script(Litmus.sites("9090->f4f4")
                .with(b -> b.cpus(3).fetch(FetchModel.COHERENT))
                .machine(tasks(b ->
                        b.thread(2, r -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {}))))));
        script.take("cpu1 fetch site0 [90]", "cpu2 halt", "cpu1 stop");
        assertFalse(isOver(script.take("cpu0 tasks")), "it is preempted inside the site");
        script.take("cpu0 stop", "cpu2 halt.run", "cpu2 halt.done", "cpu0.stop leave", "cpu1.stop leave");
        assertFalse(isOver(script), "it is there still");
        assertTrue(isOver(script.take("cpu1 fetch site0+1 [90]")));
    }

    // ---- sync

    @Pins("machine.sync")
    @Test
    void anIpiIsTakenInAHandlerThatSwitchesInterruptsOn() {
        assertFalse(handlerThatWaits(r -> r.irqEnable("sti")).deadlock());
        assertTrue(handlerThatWaits(r -> {}).deadlock());
    }

    /** A breakpoint handler that waits for what another CPU does after a {@code sync*}. */
    private static Outcomes handlerThatWaits(Consumer<Recorder> first) {
        return Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.syncEachCpu("sync", Sync.IRET);
                r.store("x", x, Expr.of(1));
            });
            b.thread(1, r -> r.foreignInt3("int3"));
            b.breakpoint(r -> {
                first.accept(r);
                r.await("wait", x.value().eq(1));
                r.unhandled("not_ours");
            });
        });
    }

    // ---- stop_machine

    @Pins("machine.stop-interrupts-off")
    @Test
    void aStoppedCpuTakesNoIrq() {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.irqs(1))
                .machine(b -> b.thread(
                        0,
                        r -> r.stopMachine("stop", () -> {}, b.routine("others", other -> other.irqEnable("sti"))))));
        script.take("cpu0 stop", "cpu1 stop");
        assertTrue(script.enabled().contains("cpu1.stop irq"), "it waits for the others");
        assertTrue(script.isInterruptible(1));
        script.take("cpu0 stop.run");
        assertFalse(script.isInterruptible(0), "all have IF=0");
        assertFalse(script.isInterruptible(1), "all have IF=0");
        assertFalse(script.enabled().contains("cpu1.stop irq"));
        assertTrue(script.take("cpu1.stop sti").enabled().contains("cpu1.stop irq"), "but a function may set IF");
    }

    @Pins("machine.stop-interrupts-off")
    @Test
    void theCallerOfStopMachineGetsItsInterruptFlagBack() {
        for (boolean enabled : new boolean[] {true, false}) {
            Script script = new Script(Litmus.sites("nop1->nop1")
                    .machine(b -> b.thread(0, r -> {
                        if (!enabled) {
                            r.irqDisable("cli");
                        }
                        r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
                        r.fence("after");
                    })));
            if (!enabled) {
                script.take("cpu0 cli");
            }
            script.take("cpu0 stop", "cpu1 stop", "cpu0 stop.run");
            assertFalse(script.isInterruptible(0));
            script.take("cpu0 stop.done");
            assertEquals(enabled, script.isInterruptible(0));
        }
    }

    @Pins("machine.stop-locked")
    @Test
    void theStoresOfAllFunctionsAreInMemoryBeforeAnyThreadGoesOn() {
        Litmuses.STOPPED_STORES_OF_OTHERS_ARE_OUT.check();
    }

    @Pins("machine.stop-serializes-nothing")
    @Test
    void whatAThreadMayFetchIsTheSameAfterItWasStopped() {
        Script script = new Script(Litmus.sites("nop1->f4").machine(b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.textPoke("poke", site, 0, site.bytes(1));
                r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
            });
            b.thread(1, r -> r.execute("exec", site));
        }));
        script.take("cpu0 poke", "cpu0 stop", "cpu1 stop", "cpu0 stop.run", "cpu0 stop.done", "cpu1.stop leave");
        assertTrue(
                script.enabled().contains("cpu1 fetch site0 [90]"),
                () -> script.enabled().toString());
    }

    /** The caller's own arrival is a locked operation, too: what an interrupt has stored meanwhile is in memory. */
    @Pins("machine.stop-locked")
    @Test
    void theCallersStoresAreInMemoryBeforeTheFunctionsRun() {
        Script script = new Script(Litmus.data(DataModel.TSO)
                .with(b -> b.nmis(1).profile(NO_IRET))
                .machine(b -> {
                    Shared x = b.shared("x", 0, 0, 1);
                    b.thread(0, r -> r.stopMachine("stop", () -> {}, b.routine("others", other -> {})));
                    b.nmi(r -> r.store("x", x, Expr.of(1)));
                }));
        script.take("cpu0 stop", "cpu1 stop", "cpu0 nmi", "cpu0.nmi x", "cpu0.nmi iret");
        assertFalse(script.enabled().contains("cpu0 stop.run"));
        assertTrue(script.take("cpu0 drain x=1").enabled().contains("cpu0 stop.run"));
    }
}
