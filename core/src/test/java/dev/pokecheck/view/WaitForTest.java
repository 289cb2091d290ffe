// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.explore.search.DeadEndPolicy;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Small protocols that deadlock in one way each. */
final class WaitForTest {
    private static List<String> explain(UnaryOperator<ScenarioBuilder> change, Protocol.Definition definition) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")))
                .with(builder -> change.apply(builder.thread(ThreadWork.NONE)));
        Machine machine = Machine.of(scenario, "test", definition);
        Finding finding = Search.run(machine, SearchOptions.defaults().deadEnds(DeadEndPolicy.STOP)).findings().stream()
                .filter(f -> f.kind() == Finding.Kind.DEADLOCK)
                .findFirst()
                .orElseThrow();
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int action : finding.schedule()) {
            machine.apply(state, action);
        }
        return WaitFor.explain(machine, state);
    }

    @Test
    void nobodyIsLeft() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait: waits until flag == 1 (flag is 0); nobody is left who could change that"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> r.await("wait", flag.value().eq(1)));
                }));
    }

    @Test
    void aStoreOfTheWrongValueDoesNotHelp() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait: waits until flag == GO (flag is STOP); nobody is left who could change that",
                        "cpu1 in thread1 at stuck: waits until never != 0 (never is 0); nobody is left who could change that"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 2);
                    Shared never = b.shared("never", 0, 0, 1);
                    b.patcher(r -> r.await("wait", flag.value().eq(Expr.named("GO", 2))));
                    b.thread(1, r -> {
                        r.await("stuck", never.value().ne(0));
                        r.store("set_stop", flag, Expr.named("STOP", 0));
                    });
                }));
    }

    @Test
    void twoWaitForEachOther() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait0: waits until a == 1 (a is 0); only cpu1 (at set_a) can still do that",
                        "cpu1 in thread1 at wait1: waits until b == 1 (b is 0); only cpu0 (at set_b) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared first = b.shared("a", 0, 0, 1);
                    Shared second = b.shared("b", 0, 0, 1);
                    b.patcher(r -> {
                        r.await("wait0", first.value().eq(1));
                        r.store("set_b", second, Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.await("wait1", second.value().eq(1));
                        r.store("set_a", first, Expr.of(1));
                    });
                }));
    }

    @Test
    void anNmiWaitsForALockOfTheThreadBelow() {
        assertEquals(
                List.of(
                        "cpu0.nmi in nmi at lock: waits until lock == 0 (lock is 1); cpu0 itself, below, holds it in its thread",
                        "cycle: cpu0 \u2192 cpu0"),
                explain(s -> s.nmis(1), b -> {
                    Shared lock = b.shared("lock", 0, 0, 1);
                    b.patcher(r -> {
                        r.awaitExchange("lock", lock.cell(), Expr.of(0), Expr.of(1));
                        r.storeRelease("unlock", lock, Expr.of(0));
                    });
                    b.nmi(r -> {
                        r.awaitExchange("lock", lock.cell(), Expr.of(0), Expr.of(1));
                        r.storeRelease("unlock", lock, Expr.of(0));
                    });
                }));
    }

    @Test
    void locksTakenInBothOrders() {
        List<String> lines = explain(s -> s, b -> {
            Shared first = b.shared("a", 0, 0, 1);
            Shared second = b.shared("b", 0, 0, 1);
            b.patcher(r -> {
                r.awaitExchange("lock_a", first.cell(), Expr.of(0), Expr.of(1));
                r.awaitExchange("lock_b", second.cell(), Expr.of(0), Expr.of(1));
                r.store("unlock_b", second, Expr.of(0));
                r.store("unlock_a", first, Expr.of(0));
            });
            b.thread(1, r -> {
                r.awaitExchange("lock_b", second.cell(), Expr.of(0), Expr.of(1));
                r.awaitExchange("lock_a", first.cell(), Expr.of(0), Expr.of(1));
                r.store("unlock_a", first, Expr.of(0));
                r.store("unlock_b", second, Expr.of(0));
            });
        });
        assertEquals(
                List.of(
                        "cpu0 in thread0 at lock_b: waits until b == 0 (b is 1); cpu1 holds it in its thread",
                        "cpu1 in thread1 at lock_a: waits until a == 0 (a is 1); cpu0 holds it in its thread",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                lines);
    }

    @Test
    void anIpiWaitsForInterruptsThatAreOff() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at sync.wait: waits until every CPU has synchronised (not yet cpu1); cpu1 has IF=0",
                        "cpu1 in thread1 at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.syncEachCpu("sync", Sync.IRET);
                        r.store("set", flag, Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.irqDisable("cli");
                        r.await("wait", flag.value().eq(1));
                    });
                }));
    }

    @Test
    void stopMachineWaitsForPreemptionThatIsOff() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at stop.run: waits until every CPU is in stop_machine (not yet cpu1); cpu1 has preemption off",
                        "cpu1 in thread1 at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> r.stopMachine(
                            "stop",
                            () -> r.store("set", flag, Expr.of(1)),
                            b.routine("elsewhere", e -> e.serialize("sync", Sync.CPUID))));
                    b.thread(1, r -> {
                        r.preemptDisable("preempt_disable");
                        r.await("wait", flag.value().eq(1));
                    });
                }));
    }

    @Test
    void aConditionOnABitmapSaysWhoIsIn() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait: waits until weight(acks) >= all (acks is {0}, all is 2); nobody is left who could change that"),
                explain(s -> s, b -> {
                    Shared acks = b.shared("acks", 0, 0, 3);
                    b.patcher(r -> {
                        r.rmw("ack", acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
                        r.await("wait", acks.value().weight().ge(Expr.named("all", 2)));
                    });
                }));
    }
}
