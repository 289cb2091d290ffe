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
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When an NMI is delivered, and what ends the blocking of the next one. */
class NmiTest {
    private static final Set<Incident> NOTHING = Set.of();
    private static final Set<Incident> OVERWRITTEN = Set.of(Incident.NMI_OVERWROTE_FRAME);

    /** One CPU that two NMIs may come to; their handler does something. */
    private static Set<Incident> twoNmis(NmiModel model, BiConsumer<Recorder, Shared> handler) {
        return Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(1).nmis(2).nmi(model))
                .run(b -> {
                    Shared inside = b.shared("inside", 0, 0, 2);
                    b.thread(0, r -> {
                        r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                        r.serialize("cpuid", Sync.CPUID);
                        r.textPoke("back", b.sites().get(0), 0, (byte) 0x90);
                    });
                    b.nmi(r -> {
                        r.rmw("enter", inside.cell(), RmwOp.ADD, Expr.of(1));
                        handler.accept(r, inside);
                        r.bugOn("again", inside.value().eq(2), "an NMI inside an NMI");
                        r.rmw("exit", inside.cell(), RmwOp.ADD, Expr.of(-1));
                    });
                    b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 0, true));
                })
                .incidents();
    }

    @Pins("cpu.nmi")
    @ParameterizedTest
    @EnumSource
    void noNmiIsDeliveredInsideAnNmi(NmiModel model) {
        assertEquals(NOTHING, twoNmis(model, (r, inside) -> r.serialize("cpuid", Sync.CPUID)));
    }

    @ParameterizedTest
    @EnumSource
    void twoNmisAreDeliveredOneAfterTheOther(NmiModel model) {
        assertEquals(
                Set.of(Incident.BUG_ON),
                Litmus.data(DataModel.SC)
                        .with(b -> b.cpus(1).nmis(2).nmi(model))
                        .run(b -> {
                            Shared count = b.shared("count", 0, 0, 2);
                            b.nmi(r -> {
                                r.rmw("count", count.cell(), RmwOp.ADD, Expr.of(1));
                                r.bugOn("both", count.value().eq(2), "the second NMI");
                            });
                        })
                        .incidents());
    }

    @Pins("cpu.nmi")
    @Test
    void anIretInTheHandlerEndsTheBlocking() {
        assertEquals(OVERWRITTEN, twoNmis(NmiModel.HARDWARE, (r, inside) -> r.serialize("iret", Sync.IRET)));
        assertEquals(NOTHING, twoNmis(NmiModel.LATCHED, (r, inside) -> r.serialize("iret", Sync.IRET)));
    }

    @Pins("cpu.nmi")
    @Test
    void theReturnFromABreakpointInTheHandlerEndsTheBlocking() {
        assertEquals(OVERWRITTEN, twoNmis(NmiModel.HARDWARE, NmiTest::executeSite));
        assertEquals(NOTHING, twoNmis(NmiModel.FRED, NmiTest::executeSite));
        assertEquals(NOTHING, twoNmis(NmiModel.LATCHED, NmiTest::executeSite));
    }

    /** It nests, and the handler notices that itself: no frame is lost. */
    @Pins("cpu.erets")
    @Test
    void anIretInTheHandlerLetsAnNmiNestUnderFred() {
        assertEquals(Set.of(Incident.BUG_ON), twoNmis(NmiModel.FRED, (r, inside) -> r.serialize("iret", Sync.IRET)));
    }

    @Pins("cpu.erets")
    @Test
    void onlyTheReturnOfTheNmiItselfEndsTheBlockingUnderFred() {
        Script script = new Script(Litmus.sites("int3->nop1")
                .with(b -> b.cpus(1).nmis(2).mcs(1).nmi(NmiModel.FRED))
                .machine(b -> {
                    b.nmi(r -> {
                        r.execute("exec", b.sites().get(0));
                        r.fence("after");
                    });
                    b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 1, true));
                }));
        script.take("cpu0 nmi", "cpu0.nmi fetch site0 [cc]", "cpu0.bp iret");
        assertFalse(script.enabled().contains("cpu0.nmi nmi"));
        script.take("cpu0.nmi after", "cpu0.nmi iret");
        assertTrue(script.enabled().contains("cpu0 nmi"));
    }

    @Test
    void afterANestedNmiTheOuterOneIsAnNmiStillUnderFred() {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(1).nmis(3).nmi(NmiModel.FRED))
                .machine(b -> b.nmi(r -> {
                    r.serialize("iret", Sync.IRET);
                    r.bugOn(Expr.inNmi().not(), "no in_nmi() in an NMI");
                    r.fence("after");
                })));
        script.take("cpu0 nmi", "cpu0.nmi iret", "cpu0.nmi nmi", "cpu0.nmi iret", "cpu0.nmi after", "cpu0.nmi iret");
        assertTrue(script.enabled().contains("cpu0.nmi after"));
        assertTrue(script.enabled().contains("cpu0.nmi nmi"), "the inner return has unblocked the third");
        script.take("cpu0.nmi after");
    }

    private static void executeSite(Recorder r, Shared inside) {
        r.execute("exec", SiteSpec.parse("nop1->nop1").place(0));
    }

    @Pins("cpu.nmi")
    @Test
    void theReturnFromAMachineCheckInTheHandlerEndsTheBlocking() {
        Protocol.Definition empty = b -> b.nmi(r -> r.serialize("cpuid", Sync.CPUID));
        Litmus litmus = Litmus.sites("nop1->nop1").with(b -> b.cpus(1).nmis(2).mcs(1));
        assertEquals(
                OVERWRITTEN,
                litmus.with(b -> b.nmi(NmiModel.HARDWARE)).run(empty).incidents());
        assertEquals(
                NOTHING, litmus.with(b -> b.nmi(NmiModel.LATCHED)).run(empty).incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.nmi(NmiModel.HARDWARE).mcs(0)).run(empty).incidents());
    }

    @Test
    void oneNmiIsNotEnoughToOverwriteItsFrame() {
        assertEquals(
                NOTHING,
                Litmus.sites("nop1->nop1")
                        .with(b -> b.cpus(1).nmis(1).nmi(NmiModel.HARDWARE))
                        .run(b -> b.nmi(r -> r.serialize("iret", Sync.IRET)))
                        .incidents());
    }

    /** CPU 0 sends NMIs to CPU 1, some of them while the handler of the first runs. */
    private static Outcomes sends(NmiModel model, int before, int during) {
        return Litmus.sites("nop1->nop1").with(b -> b.nmi(model)).run(b -> {
            Shared count = b.shared("r0", 0, 0, 7);
            Shared started = b.shared("started", 0, 0, 1);
            Shared sent = b.shared("sent", 0, 0, 1);
            b.thread(0, r -> {
                for (int i = 0; i < before; i++) {
                    r.sendNmi("before" + i, Expr.of(1));
                }
                r.await("started", started.value().eq(1));
                for (int i = 0; i < during; i++) {
                    r.sendNmi("during" + i, Expr.of(1));
                }
                r.store("sent", sent, Expr.of(1));
            });
            b.nmi(r -> {
                r.store("start", started, Expr.of(1));
                r.await("wait", sent.value().eq(1));
                r.rmw("count", count.cell(), RmwOp.ADD, Expr.of(1));
            });
        });
    }

    @Pins("machine.complete")
    @Pins("cpu.nmi-latched")
    @ParameterizedTest
    @EnumSource
    void anNmiSentWhileBlockedIsDeliveredOnceAfterwards(NmiModel model) {
        assertEquals(Set.of("1"), sends(model, 1, 0).finals());
        assertEquals(Set.of("2"), sends(model, 1, 1).finals());
        assertFalse(sends(model, 1, 1).deadlock());
    }

    @Pins("cpu.nmi-latched")
    @ParameterizedTest
    @EnumSource
    void twoNmisSentWhileBlockedMerge(NmiModel model) {
        assertEquals(Set.of("2"), sends(model, 1, 2).finals());
        assertEquals(Set.of("2"), sends(model, 1, 3).finals());
    }

    @ParameterizedTest
    @EnumSource
    void nmisSentBeforeDeliveryMayMerge(NmiModel model) {
        assertEquals(Set.of("1", "2"), sends(model, 2, 0).finals());
    }

    @Test
    void anNmiIsSentOnceTheStoresAreInMemory() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared seen = b.shared("r0", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.sendNmi("send", Expr.of(1));
            });
            b.nmi(r -> {
                var local = r.local("l", 0, 1);
                r.load("load", local, x);
                r.store("r0", seen, local.value());
            });
        };
        assertEquals(Set.of("1"), Litmus.data(DataModel.TSO).run(definition).finals());
    }

    @Pins("machine.spontaneous")
    @Test
    void everyCpuHasItsBudget() {
        Outcomes outcomes = Litmus.sites("nop1->nop1").with(b -> b.nmis(2)).run(b -> {
            Shared[] counts = {b.shared("r0", 0, 0, 7), b.shared("r1", 0, 0, 7)};
            b.nmi(r -> {
                for (int cpu = 0; cpu < 2; cpu++) {
                    int number = cpu;
                    r.ifThen(
                            Expr.thisCpu().eq(cpu),
                            () -> r.rmw("count" + number, counts[number].cell(), RmwOp.ADD, Expr.of(1)));
                }
            });
        });
        assertEquals(Set.of("0 0", "0 1", "0 2", "1 0", "1 1", "1 2", "2 0", "2 1", "2 2"), outcomes.finals());
    }

    @Pins("machine.no-progress")
    @Test
    void noProgressRestsOnASpontaneousNmi() {
        Protocol.Definition waits = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> r.await("wait", x.value().eq(1)));
            b.nmi(r -> r.store("x", x, Expr.of(1)));
        };
        assertTrue(Litmus.sites("nop1->nop1").with(b -> b.nmis(1)).run(waits).deadlock());
    }

    @Test
    void theHandlerKnowsThatItIsInAnNmi() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> {
                r.bugOn(Expr.inNmi(), "in_nmi() in a thread");
                r.sendNmi("send", Expr.thisCpu());
            });
            b.nmi(r -> r.bugOn(Expr.inNmi().not(), "no in_nmi() in an NMI"));
        };
        Outcomes outcomes = Litmus.sites("nop1->nop1").run(definition);
        assertEquals(NOTHING, outcomes.incidents());
        assertTrue(outcomes.took("cpu0 nmi sent"), outcomes.names()::toString);
    }
}
