// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code on_each_cpu} and {@code smp_call_function}: functions that run in handlers of IPIs. */
class FunctionCallsTest {
    private static Litmus text() {
        return Litmus.sites("nop1->f4").with(b -> b.cpus(2).data(DataModel.TSO)).fetches();
    }

    private static Litmus data(DataModel model) {
        return Litmus.data(model).with(b -> b.cpus(2));
    }

    private static Site site(ProtocolBuilder b) {
        return b.sites().get(0);
    }

    /** CPU 0 patches, calls, and then tells CPU 1 to execute. */
    private static Protocol.Definition executesAfter(BiConsumer<ProtocolBuilder, Recorder> call) {
        return b -> {
            Shared go = b.shared("go", 0, 0, 1);
            b.thread(0, r -> {
                r.textPoke("poke", site(b), 0, (byte) 0xf4);
                call.accept(b, r);
                r.store("go", go, Expr.of(1));
            });
            b.thread(1, r -> {
                r.await("wait", go.value().eq(1));
                r.execute("exec", site(b));
            });
        };
    }

    @Pins("machine.calls")
    @Test
    void theFunctionRunsInAHandlerThatReturnsByIret() {
        assertEquals(
                Set.of("cpu1=new"),
                text().run(executesAfter((b, r) -> r.callOtherCpus("call", "f", f -> {}, true)))
                        .finals());
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                text().run(executesAfter((b, r) -> r.callOtherCpus("call", "f", f -> {}, false)))
                        .finals());
    }

    private static Script called(Consumer<ScenarioBuilder> scenario, Protocol.Definition definition) {
        return new Script(data(DataModel.SC)
                .with(b -> {
                    scenario.accept(b);
                    return b.reduce(false);
                })
                .machine(definition));
    }

    private static Protocol.Definition asks(Consumer<Recorder> function, Consumer<Recorder> thread1) {
        return b -> {
            b.thread(0, r -> r.callOtherCpus("call", "f", function, true));
            b.thread(1, thread1);
        };
    }

    @Pins("machine.calls")
    @Test
    void itRunsWithInterruptsOffWhenTheCpuLetsAnIpiIn() {
        Script script = called(b -> b.irqs(1), asks(r -> r.fence("fence"), r -> {
            r.irqDisable("cli");
            r.irqEnable("sti");
        }));
        script.take("cpu1 cli", "cpu0 call");
        assertFalse(script.enabled().contains("cpu1 ipi from cpu0"));
        script.take("cpu1 sti", "cpu1 ipi from cpu0");
        assertFalse(script.isInterruptible(1));
        assertFalse(script.enabled().contains("cpu1.ipi irq"));
        script.take("cpu1.ipi fence", "cpu1.ipi iret");
        assertTrue(script.isInterruptible(1));
    }

    @Test
    void whoKeepsInterruptsOffIsWaitedForForEver() {
        assertTrue(
                data(DataModel.SC).run(asks(f -> {}, r -> r.irqDisable("cli"))).deadlock());
        assertFalse(data(DataModel.SC).run(asks(f -> {}, f -> {})).deadlock());
    }

    @Pins("cpu.priority")
    @Test
    void anIpiNestsInAnIrqAndEndsNoService() {
        Script script = called(b -> b.irqs(2), b -> {
            b.thread(0, r -> r.callOtherCpus("call", "f", f -> {}, false));
            b.irq(r -> r.irqEnable("sti"));
        });
        script.take("cpu0 call", "cpu1 irq", "cpu1.irq sti", "cpu1.irq ipi from cpu0", "cpu1.ipi iret");
        assertFalse(script.enabled().contains("cpu1.irq irq"));
    }

    /** CPU 0 patches, calls, waits, and sends an NMI, whose handler executes the site. */
    private static Protocol.Definition nmiAfter(Consumer<Recorder> call) {
        return b -> {
            b.thread(0, r -> {
                r.textPoke("poke", site(b), 0, (byte) 0xf4);
                call.accept(r);
                r.sendNmi("send", Expr.of(1));
            });
            b.nmi(r -> r.execute("exec", site(b)));
        };
    }

    @Pins("machine.calls-wait")
    @Test
    void theSenderContinuesBeforeTheHandlerReturns() {
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                text().run(nmiAfter(r -> r.callOtherCpus("call", "f", f -> {}, true)))
                        .finals());
        assertEquals(
                Set.of("cpu1=new"),
                text().run(nmiAfter(r -> r.callOtherCpus(
                                "call", "f", function -> function.serialize("cpuid", Sync.CPUID), true)))
                        .finals());
        assertEquals(
                Set.of("cpu1=new"),
                text().run(nmiAfter(r -> r.syncEachCpu("sync", Sync.IRET))).finals());
    }

    private static void look(Recorder r, Shared variable, Shared register) {
        Local found = r.local("found", 0, 1);
        r.load("load", found, variable);
        r.store("keep", register, found.value());
    }

    /** What CPU 0 finds in a variable, after a call, that the function stores to. */
    private static Protocol.Definition looksAfter(boolean waits) {
        return b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared r0 = b.shared("r0", 0, 0, 1);
            b.thread(0, r -> {
                r.callOtherCpus("call", "f", function -> function.store("x", x, Expr.of(1)), waits);
                look(r, x, r0);
            });
        };
    }

    @Pins("machine.calls-wait")
    @ParameterizedTest
    @ValueSource(strings = {"SC", "TSO"})
    void whatTheFunctionHasStoredIsInMemoryForWhoWaits(DataModel model) {
        assertEquals(Set.of("1"), data(model).run(looksAfter(true)).finals());
        assertEquals(Set.of("0", "1"), data(model).run(looksAfter(false)).finals());
    }

    @Pins("machine.calls-fence")
    @Test
    void whatTheSenderHasStoredIsInMemoryForTheFunction() {
        Protocol.Definition tells = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared r0 = b.shared("r0", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.callOtherCpus("call", "f", function -> look(function, x, r0), false);
            });
        };
        assertEquals(Set.of("1"), data(DataModel.TSO).run(tells).finals());
    }

    private static Protocol.Definition everywhere(boolean interruptible) {
        return b -> {
            Shared r0 = b.shared("r0", 0, 0, 2);
            b.thread(0, r -> {
                if (!interruptible) {
                    r.irqDisable("cli");
                }
                r.onEachCpu(
                        "each",
                        "f",
                        function -> {
                            Local old = function.local("old", 0, 2);
                            function.rmw("count", r0.cell(), RmwOp.ADD, Expr.of(1), old);
                        },
                        true);
                r.fence("after");
            });
        };
    }

    @Pins("machine.calls-here")
    @Test
    void theSenderRunsItInPlaceWithInterruptsOff() {
        assertEquals(Set.of("2"), data(DataModel.SC).run(everywhere(true)).finals());
        Script script = called(b -> b.irqs(1), everywhere(true));
        script.take("cpu0 each", "cpu0 each.irq_save");
        assertFalse(script.enabled().contains("cpu0 irq"));
        script.take("cpu0 each.count", "cpu0 each.irq_restore");
        assertTrue(script.isInterruptible(0));
    }

    @Pins("machine.calls-here")
    @Test
    void theSendersInterruptFlagIsAsBefore() {
        Script script = called(b -> {}, everywhere(false));
        script.take("cpu0 cli", "cpu0 each", "cpu0 each.irq_save", "cpu0 each.count", "cpu0 each.irq_restore");
        assertFalse(script.isInterruptible(0));
    }

    @Pins("machine.calls-here")
    @Test
    void noIretSerializesTheSender() {
        Protocol.Definition patches = b -> b.thread(0, r -> {
            r.textPoke("poke", site(b), 0, (byte) 0xf4);
            r.onEachCpu("each", "f", f -> {}, true);
            r.execute("exec", site(b));
        });
        assertEquals(Set.of("cpu0=new", "cpu0=old"), text().run(patches).finals());
    }

    @Pins("machine.calls-again")
    @Test
    void theNextCallWaitsUntilTheFunctionHasBegun() {
        Script script = called(
                b -> {},
                b -> b.thread(0, r -> {
                    r.callOtherCpus("first", "f", function -> function.fence("f"), false);
                    r.fence("between");
                    r.callOtherCpus("second", "g", function -> function.fence("g"), false);
                }));
        script.take("cpu0 first", "cpu0 between");
        assertFalse(script.enabled().contains("cpu0 second"));
        script.take("cpu1 ipi from cpu0", "cpu0 second", "cpu1.ipi f", "cpu1.ipi iret", "cpu1 ipi from cpu0");
        assertTrue(script.enabled().contains("cpu1.ipi g"));
    }

    private static Script twoCallers() {
        return new Script(Litmus.data(DataModel.SC)
                .with(b -> b.cpus(3).reduce(false))
                .machine(b -> {
                    b.thread(0, r -> r.callOtherCpus("call", "f", function -> function.fence("f"), true));
                    b.thread(2, r -> r.callOtherCpus("call", "g", function -> function.fence("g"), true));
                }));
    }

    @Pins("machine.calls-queue")
    @Test
    void allThatWaitsIsOneIpi() {
        Script script = twoCallers().take("cpu0 call", "cpu2 call");
        assertTrue(script.enabled().contains("cpu1 ipi from cpu0"));
        script.take("cpu1 ipi from cpu2", "cpu1.ipi g");
        assertFalse(script.enabled().contains("cpu1.ipi iret"));
        assertFalse(script.enabled().contains("cpu0 call.wait"));
        script.take("cpu1.ipi next call from cpu0", "cpu1.ipi f", "cpu1.ipi iret", "cpu2 ipi from cpu0", "cpu2.ipi f");
        assertTrue(script.enabled().contains("cpu0 call.wait"));
    }

    @Pins("machine.calls-queue")
    @Test
    void whatComesLaterIsAnotherIpi() {
        Script script = twoCallers().take("cpu0 call", "cpu1 ipi from cpu0", "cpu2 call", "cpu1.ipi f");
        assertFalse(script.enabled().contains("cpu1.ipi next call from cpu2"));
        script.take("cpu1.ipi iret", "cpu1 ipi from cpu2");
    }

    @Test
    void bothRunToTheEnd() {
        Outcomes outcomes = data(DataModel.SC).run(b -> {
            Shared r0 = b.shared("r0", 0, 0, 4);
            for (int cpu = 0; cpu < 2; cpu++) {
                b.thread(
                        cpu,
                        r -> r.onEachCpu(
                                "call",
                                "f",
                                function -> function.rmw("count", r0.cell(), RmwOp.ADD, Expr.of(1)),
                                true));
            }
        });
        assertEquals(Set.of("4"), outcomes.finals());
        assertFalse(outcomes.deadlock());
    }

    @Test
    void aPostconditionCanAskForTheHandler() {
        Protocol.Definition asks = b -> b.thread(0, r -> {
            r.callOtherCpus("call", "f", f -> {}, true);
            r.ensure("returned", Expr.noCpuIn(HandlerKind.IPI));
        });
        assertEquals(Set.of(Incident.ENSURE), data(DataModel.SC).run(asks).incidents());
    }

    @Test
    void aBreakpointInTheFunctionIsHandledThere() {
        Protocol.Definition executes = b -> {
            b.thread(0, r -> r.onEachCpu("call", "f", function -> function.execute("exec", site(b)), true));
            b.breakpoint(r -> r.emulate("emulate", site(b), 1, true));
        };
        assertEquals(
                Set.of("cpu0=old cpu1=old"),
                Litmus.sites("int3->nop1")
                        .with(b -> b.cpus(2))
                        .fetches()
                        .run(executes)
                        .finals());
    }
}
