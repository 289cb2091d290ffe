// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
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
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
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
        return explain(machine, SearchOptions.defaults().deadEnds(DeadEndPolicy.STOP), Finding.Kind.DEADLOCK);
    }

    /** The same where CPUs move, and nothing can be completed any more. */
    private static List<String> explainStuck(Protocol.Definition definition) {
        Scenario scenario =
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(builder -> builder.thread(ThreadWork.NONE));
        Machine machine = Machine.of(scenario, "test", definition);
        return explain(machine, SearchOptions.defaults().stuck(true), Finding.Kind.STUCK);
    }

    private static List<String> explain(Machine machine, SearchOptions options, Finding.Kind kind) {
        Finding finding = Search.run(machine, options).findings().stream()
                .filter(f -> f.kind() == kind)
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
    void aWaitForTwoWaitsForTheSecondWhileTheFirstHolds() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait.and: waits until b == GO (b is STOP); nobody is left who could change that"),
                explain(s -> s, b -> {
                    Shared first = b.shared("a", 1, 0, 1);
                    Shared second = b.shared("b", 0, 0, 1);
                    Shared third = b.shared("c", 1, 0, 1);
                    b.patcher(r -> {
                        r.awaitBoth("named", third.value().eq(1), second.value().eq(Expr.named("STOP", 0)));
                        r.awaitBoth("wait", first.value().eq(1), second.value().eq(Expr.named("GO", 1)));
                    });
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
    void aWaitThatOthersEndIsFollowedByTheOneThatNeverEnds() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at first: waits until a == 1 (a is 0); only cpu1 (at set_a) can still do that",
                        "if all go on, cpu0 in thread0 at second: waits until b == 1 (b is 0); nobody is left who could change that"),
                explainStuck(b -> {
                    Shared first = b.shared("a", 0, 0, 1);
                    Shared second = b.shared("b", 0, 0, 1);
                    b.patcher(r -> {
                        r.await("first", first.value().eq(1));
                        r.syncEachCpu("sync", Sync.IRET);
                        r.await("second", second.value().eq(1));
                    });
                    b.thread(1, r -> {
                        r.store("set_a", first, Expr.of(1));
                        r.whileTrue(Expr.of(1), () -> {
                            r.rest();
                            r.execute("site0", b.sites().get(0));
                        });
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
                        "cpu0.nmi in nmi at lock: waits until lock == 0 (lock is 1); the interrupted context of cpu0 holds it in its thread",
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
    void aCallWaitsForACpuThatKeepsInterruptsOff() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at call.wait: waits until every CPU has run the function (not yet cpu1); cpu1 has IF=0",
                        "cpu1 in thread1 at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.onEachCpu("call", "f", f -> f.fence("fence"), true);
                        r.store("set", flag, Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.irqDisable("cli");
                        r.await("wait", flag.value().eq(1));
                    });
                }));
    }

    @Test
    void aCallWaitsForAFunctionThatWaits() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at call.wait: waits until every CPU has run the function (not yet cpu1); cpu1 is in the function",
                        "cpu1.ipi in f at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.callOtherCpus(
                                "call", "f", f -> f.await("wait", flag.value().eq(1)), true);
                        r.store("set", flag, Expr.of(1));
                    });
                }));
    }

    @Test
    void whoBringsACpuOnlineWaitsUntilItIsOffline() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at up: waits until cpu1 is offline (it is online); cpu1 has not gone offline",
                        "cpu1 in thread1 at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.cpuOnline("up", Expr.of(1));
                        r.store("set", flag, Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.await("wait", flag.value().eq(1));
                        r.cpuOffline("down");
                    });
                }));
    }

    @Test
    void aDebuggerWaitsForAThreadThatKeepsInterruptsOff() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at hold.wait: waits until the thread is suspended (that of cpu1 is not); cpu1 has IF=0",
                        "cpu1 in thread1 at wait: waits until flag == 1 (flag is 0); only cpu0 (at set) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.await("begin", flag.value().eq(0));
                        r.suspend("hold", Expr.of(1));
                        r.store("set", flag, Expr.of(1));
                        r.resume("go", Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.irqDisable("cli");
                        r.await("wait", flag.value().eq(1));
                    });
                }));
    }

    @Test
    void aSuspendedThreadWaitsForWhoResumesIt() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait: waits until flag == 1 (flag is 0); only cpu1 (at set) can still do that",
                        "cpu1 in thread1 at set: waits until it is resumed (its thread is suspended); cpu0 can still resume it (at go)",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explain(s -> s, b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.suspend("hold", Expr.of(1));
                        r.await("wait", flag.value().eq(1));
                        r.resume("go", Expr.of(1));
                    });
                    b.thread(1, r -> r.store("set", flag, Expr.of(1)));
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

    /** Asks a variable again and again in a loop of two loads, until it is 1, and then sets another. */
    private static void spin(Recorder r, Shared asked, Shared beside, Shared set) {
        Local seen = r.local("seen", 0, 1);
        Local other = r.local("other", 0, 1);
        r.whileTrue(seen.value().eq(0), () -> {
            r.load("look", seen, asked);
            r.load("beside", other, beside);
        });
        r.store("set_" + set.var().name(), set, Expr.of(1));
    }

    @Pins("view.loop")
    @Test
    void twoGoRoundForEachOther() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at look: goes round until a or c changes (a is 0, c is 0); only cpu1 (at set_a) can still do that",
                        "cpu1 in thread1 at look: goes round until b or c changes (b is 0, c is 0); only cpu0 (at set_b) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                explainStuck(b -> {
                    Shared first = b.shared("a", 0, 0, 1);
                    Shared second = b.shared("b", 0, 0, 1);
                    Shared beside = b.shared("c", 0, 0, 1);
                    b.patcher(r -> spin(r, first, beside, second));
                    b.thread(1, r -> spin(r, second, beside, first));
                }));
    }

    @Pins("view.comes-to")
    @Test
    void whoStillMovesComesToWait() {
        List<String> lines = explainStuck(b -> {
            Shared never = b.shared("never", 0, 0, 1);
            Shared flag = b.shared("flag", 0, 0, 1);
            b.patcher(r -> spin(r, never, never, flag));
            b.thread(1, r -> {
                r.store("first", b.shared("x", 0, 0, 1), Expr.of(1));
                r.await("wait", flag.value().eq(1));
            });
        });
        assertEquals(
                List.of(
                        "cpu0 in thread0 at look: goes round until never changes (never is 0); nobody is left who could change that",
                        "cpu1 in thread1 at first: comes to wait until flag == 1 (flag is 0); only cpu0 (at set_flag) can still do that"),
                lines);
    }

    @Pins("view.loop")
    @Test
    void whoCanLeaveALoopByItselfDoesNotWait() {
        Machine machine = Machine.of(
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(b -> b.thread(ThreadWork.NONE)), "test", b -> {
                    Shared asked = b.shared("asked", 0, 0, 1);
                    b.patcher(r -> {
                        Local tries = r.local("tries", 0, 3);
                        Local seen = r.local("seen", 0, 1);
                        r.whileTrue(seen.value().eq(0).and(tries.value().lt(Expr.of(3))), () -> {
                            r.load("look", seen, asked);
                            r.assign(tries, tries.value().plus(1));
                        });
                    });
                });
        long[] state = new long[machine.words()];
        machine.initial(state);
        assertEquals(List.of(), WaitFor.explain(machine, state));
    }

    @Pins("view.waits")
    @Test
    void whoCanStepDoesNotWaitIfOnlySuchAreAskedFor() {
        Machine machine = Machine.of(
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(b -> b.thread(ThreadWork.NONE)), "test", b -> {
                    Shared never = b.shared("never", 0, 0, 1);
                    b.patcher(r -> spin(r, never, never, never));
                    b.thread(1, r -> r.await("wait", never.value().eq(1)));
                });
        long[] state = new long[machine.words()];
        machine.initial(state);
        List<String> lines = WaitFor.explain(new StateView(machine, state));
        assertEquals(1, lines.size(), lines.toString());
        assertEquals("cpu1 in thread1 at wait", lines.get(0).substring(0, 23));
    }
}
