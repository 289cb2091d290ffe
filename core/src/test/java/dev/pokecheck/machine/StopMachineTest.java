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
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code stop_machine}: who comes, when, and when everybody goes. */
class StopMachineTest {
    private static final Set<Incident> NOTHING = Set.of();

    private static void nothing(Recorder r) {}

    /** CPU 0 stops the machine and looks whether CPU 1 is between two stores. */
    private static Outcomes between(Consumer<Recorder> before, Consumer<Recorder> after) {
        return Litmus.data(DataModel.SC).run(b -> {
            Shared inside = b.shared("inside", 0, 0, 1);
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> r.bugOn("look", inside.value().eq(1), "inside"),
                            b.routine("others", StopMachineTest::nothing)));
            b.thread(1, r -> {
                before.accept(r);
                r.store("enter", inside, Expr.of(1));
                r.store("exit", inside, Expr.of(0));
                after.accept(r);
            });
        });
    }

    @Pins("machine.stop-machine")
    @Test
    void aThreadIsTakenAtAnyBoundary() {
        assertEquals(
                Set.of(Incident.BUG_ON),
                between(StopMachineTest::nothing, StopMachineTest::nothing).incidents());
    }

    @Pins("machine.stop-machine")
    @Test
    void aThreadThatForbidsPreemptionIsNotTaken() {
        Outcomes outcomes = between(r -> r.preemptDisable("off"), r -> r.preemptEnable("on"));
        assertEquals(NOTHING, outcomes.incidents());
        assertFalse(outcomes.deadlock());
    }

    @Test
    void aThreadThatSwitchesInterruptsOffIsNotTaken() {
        Outcomes outcomes = between(r -> r.irqDisable("cli"), r -> r.irqEnable("sti"));
        assertEquals(NOTHING, outcomes.incidents());
        assertFalse(outcomes.deadlock());
    }

    @Test
    void itWaitsForEverForAThreadThatNeverComes() {
        assertTrue(
                between(r -> r.preemptDisable("off"), StopMachineTest::nothing).deadlock());
        assertTrue(between(r -> r.irqDisable("cli"), StopMachineTest::nothing).deadlock());
        assertFalse(between(StopMachineTest::nothing, StopMachineTest::nothing).deadlock());
    }

    /** CPU 0 changes a variable twice while the machine is stopped; CPU 1 reads it twice in its thread. */
    private static Protocol.Definition counts(boolean othersCount, int cpus) {
        return b -> {
            Shared x = b.shared("x", 0, 0, 2);
            Consumer<Recorder> count = r -> {
                r.store("x1", x, Expr.of(1));
                r.store("x2", x, Expr.of(2));
            };
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> {
                                if (!othersCount) {
                                    count.accept(r);
                                }
                            },
                            b.routine("others", other -> {
                                if (othersCount) {
                                    other.ifThen(Expr.thisCpu().eq(cpus - 1), () -> count.accept(other));
                                }
                            })));
            Shared[] results = {b.shared("r0", 0, 0, 2), b.shared("r1", 0, 0, 2)};
            b.thread(1, r -> {
                Local first = r.local("first", 0, 2);
                Local second = r.local("second", 0, 2);
                r.load("load0", first, x);
                r.load("load1", second, x);
                r.store("r0", results[0], first.value());
                r.store("r1", results[1], second.value());
            });
        };
    }

    @Test
    void threadsSeeNothingOfWhatHappensMeanwhile() {
        Set<String> finals = Set.of("0 0", "0 2", "2 2");
        assertEquals(finals, Litmus.data(DataModel.SC).run(counts(false, 2)).finals());
    }

    @Pins("machine.stop-together")
    @Test
    void nobodyLeavesBeforeAllAreThrough() {
        Set<String> finals = Set.of("0 0", "0 2", "2 2");
        assertEquals(
                finals,
                Litmus.data(DataModel.SC)
                        .with(b -> b.cpus(3))
                        .run(counts(true, 3))
                        .finals());
    }

    @Pins("machine.stop-locked")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void finishingAFunctionWaitsForTheStoreBuffer(boolean othersCount) {
        Set<String> finals = Set.of("0 0", "0 2", "2 2");
        Litmus tso = Litmus.data(DataModel.TSO);
        assertEquals(finals, tso.run(counts(othersCount, 2)).finals());
    }

    @Pins("machine.stop-locked")
    @Test
    void callingAndArrivingWaitForTheStoreBuffer() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared y = b.shared("y", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.stopMachine("stop", () -> {}, b.routine("others", StopMachineTest::nothing));
            });
            b.thread(1, r -> r.store("y", y, Expr.of(1)));
        };
        Script script = new Script(Litmus.data(DataModel.TSO).machine(definition)).take("cpu0 x");
        assertFalse(script.enabled().contains("cpu0 stop"));
        script.take("cpu0 drain x=1", "cpu0 stop", "cpu1 y", "cpu1 stop");
        assertFalse(script.enabled().contains("cpu0 stop.run"));
        assertTrue(script.take("cpu1 drain y=1").enabled().contains("cpu0 stop.run"));
    }

    @Test
    void storesOfTheFunctionsMayWaitUntilThen() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared y = b.shared("y", 0, 0, 1);
            Shared[] results = {b.shared("r0", 0, 0, 1), b.shared("r1", 0, 0, 1)};
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> storeThenLoad(r, x, y, results[0]),
                            b.routine("others", other -> storeThenLoad(other, y, x, results[1]))));
        };
        Set<String> finals = Set.of("0 1", "1 0", "1 1");
        assertEquals(finals, Litmus.data(DataModel.SC).run(definition).finals());
        assertEquals(
                Set.of("0 0", "0 1", "1 0", "1 1"),
                Litmus.data(DataModel.TSO).run(definition).finals());
    }

    private static void storeThenLoad(Recorder r, Shared stored, Shared loaded, Shared result) {
        Local local = r.local("l", 0, 1);
        r.store("store", stored, Expr.of(1));
        r.load("load", local, loaded);
        r.store("keep", result, local.value());
    }

    @Pins("machine.stop-together")
    @Test
    void itReturnsWhenAllHaveLeft() {
        Script script = new Script(Litmus.data(DataModel.SC).machine(counts(false, 2)))
                .take("cpu0 stop", "cpu1 stop", "cpu0 stop.run", "cpu0 x1", "cpu0 x2", "cpu0 stop.done");
        assertEquals(Set.of("cpu1.stop leave"), Set.copyOf(script.enabled()));
        assertTrue(script.take("cpu1.stop leave").enabled().contains("cpu0 stop.return"));
    }

    @Pins("machine.stop-together")
    @Test
    void functionsRunOnlyWhenAllHaveArrived() {
        Script script = new Script(
                        Litmus.data(DataModel.SC).with(b -> b.cpus(3)).machine(counts(true, 3)))
                .take("cpu0 stop", "cpu2 stop");
        assertFalse(script.enabled().contains("cpu0 stop.run"));
        assertFalse(script.enabled().contains("cpu2.stop x1"));
        script.take("cpu1 stop", "cpu0 stop.run");
        assertEquals(Set.of("cpu2.stop x1"), Set.copyOf(script.enabled()));
    }

    /** Patches with the machine stopped; CPU 1 serializes or not, then executes the site in its thread. */
    private static Protocol.Definition patch(Sync sync) {
        return b -> {
            Site site = b.sites().get(0);
            Shared written = b.shared("written", 0, 0, 1);
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> {
                                r.textPoke("poke", site, 0, site.bytes(1));
                                r.store("written", written, Expr.of(1));
                            },
                            b.routine("others", other -> {
                                other.await("wait", written.value().eq(1));
                                other.serialize("sync", sync);
                            })));
            b.thread(1, r -> {
                Local seen = r.local("seen", 0, 1);
                r.load("load", seen, written);
                r.ifThen(seen.value().eq(1), () -> r.execute("exec", site));
            });
        };
    }

    @Pins("machine.stop-serializes-nothing")
    @ParameterizedTest
    @EnumSource(names = {"CPUID", "IRET", "MFENCE", "LOCK", "NONE"})
    void neitherArrivingNorLeavingSerializes(Sync sync) {
        Set<String> finals = Litmus.sites("nop1->f4").fetches().run(patch(sync)).finals();
        boolean serializes = sync == Sync.CPUID || sync == Sync.IRET;
        assertEquals(serializes ? Set.of("", "cpu1=new") : Set.of("", "cpu1=new", "cpu1=old"), finals);
    }

    @Pins("machine.stop-waiting")
    @Test
    void whileItWaitsForTheOthersIpisAreTaken() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> r.stopMachine("stop", () -> {}, b.routine("others", StopMachineTest::nothing)));
            b.thread(1, r -> {
                r.preemptDisable("off");
                r.syncEachCpu("sync", Sync.IRET);
                r.preemptEnable("on");
            });
        };
        // CPU 0, which waits in stop_machine, and CPU 2, which has arrived, both have to answer CPU 1.
        Outcomes outcomes = Litmus.data(DataModel.SC).with(b -> b.cpus(3)).run(definition);
        assertFalse(outcomes.deadlock());
        assertTrue(outcomes.took("cpu2.stop ipi"), outcomes.names()::toString);
    }

    @Pins("machine.stop-waiting")
    @Test
    void whileItWaitsForTheOthersIrqsAreTaken() {
        Outcomes outcomes = Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(3).irqs(1))
                .run(b -> b.thread(
                        0, r -> r.stopMachine("stop", () -> {}, b.routine("others", StopMachineTest::nothing))));
        assertTrue(outcomes.took("cpu1.stop irq"), outcomes.names()::toString);
    }

    @Test
    void synchronisingWhileTheMachineIsStoppedIsADeadlock() {
        Protocol.Definition definition = b -> b.thread(
                0,
                r -> r.stopMachine(
                        "stop", () -> r.syncEachCpu("sync", Sync.IRET), b.routine("others", StopMachineTest::nothing)));
        assertTrue(Litmus.data(DataModel.SC).run(definition).deadlock());
        assertFalse(
                Litmus.data(DataModel.SC).with(b -> b.cpus(1)).run(definition).deadlock());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void twoCallersComeOneAfterTheOther(int cpus) {
        Protocol.Definition definition = b -> {
            Shared busy = b.shared("busy", 0, 0, 1);
            for (int cpu = 0; cpu < 2; cpu++) {
                b.thread(
                        cpu,
                        r -> r.stopMachine(
                                "stop",
                                () -> {
                                    r.bugOn("busy", busy.value().eq(1), "two at once");
                                    r.store("begin", busy, Expr.of(1));
                                    r.store("end", busy, Expr.of(0));
                                },
                                b.routine("others", StopMachineTest::nothing)));
            }
        };
        Outcomes outcomes = Litmus.data(DataModel.SC).with(b -> b.cpus(cpus)).run(definition);
        assertFalse(outcomes.deadlock());
        assertEquals(NOTHING, outcomes.incidents());
    }

    @Pins("machine.stop-interrupts-off")
    @Test
    void interruptsAreOnAgainAfterwards() {
        Protocol.Definition definition = b -> b.thread(0, r -> {
            r.stopMachine("stop", () -> {}, b.routine("others", StopMachineTest::nothing));
            r.syncEachCpu("sync", Sync.IRET);
        });
        assertFalse(
                Litmus.data(DataModel.SC).with(b -> b.cpus(3)).run(definition).deadlock());
    }
}
