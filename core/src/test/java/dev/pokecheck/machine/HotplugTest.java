// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** CPUs that go offline and come back. */
class HotplugTest {
    private static final Expr OTHER = Expr.of(1);

    private static Litmus litmus() {
        return Litmus.sites("nop1->f4").with(b -> b.cpus(2)).fetches();
    }

    private static Site site(ProtocolBuilder b) {
        return b.sites().get(0);
    }

    /** CPU 1 goes offline with IF=0; CPU 0 does something. */
    private static Protocol.Definition offline(BiConsumer<ProtocolBuilder, Recorder> thread0) {
        return b -> {
            b.thread(0, r -> thread0.accept(b, r));
            b.thread(1, r -> {
                r.irqDisable("cli");
                r.cpuOffline("down");
                r.fence("after");
            });
        };
    }

    private static Script script(Protocol.Definition definition) {
        return new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(2).irqs(1).nmis(1).reduce(false))
                .machine(definition));
    }

    @Pins("machine.offline")
    @Test
    void anOfflineCpuExecutesNothingAndTakesNothing() {
        Script script = script(offline((b, r) -> r.sendNmi("send", OTHER)));
        script.take("cpu1 cli", "cpu1 down");
        assertTrue(
                script.enabled().stream().noneMatch(action -> action.startsWith("cpu1")), script.enabled()::toString);
        assertEquals(Set.of(""), litmus().run(offline((b, r) -> {})).finals());
        assertFalse(litmus().run(offline((b, r) -> {})).deadlock(), "to stay offline is no deadlock");
    }

    static Stream<Consumer<Recorder>> waits() {
        return Stream.of(
                r -> r.syncEachCpu("wait", Sync.IRET),
                r -> r.callOtherCpus("wait", "f", f -> f.fence("f"), true),
                r -> r.gracePeriod("wait", Quiescence.HANDLERS_DONE));
    }

    @Pins("machine.offline-others")
    @ParameterizedTest
    @MethodSource("waits")
    void nobodyWaitsForAnOfflineCpu(Consumer<Recorder> wait) {
        Script script = script(offline((b, r) -> wait.accept(r)));
        script.take("cpu1 cli", "cpu1 down", "cpu0 wait", "cpu0 wait.wait");
        script = script(offline((b, r) -> wait.accept(r)));
        script.take("cpu1 cli", "cpu0 wait");
        assertFalse(script.enabled().contains("cpu0 wait.wait"));
    }

    @Pins("machine.offline-others")
    @Test
    void theMachineIsStoppedWithoutIt() {
        Script script = script(offline((b, r) -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {}))));
        script.take("cpu1 cli", "cpu1 down", "cpu0 halt", "cpu0 halt.run", "cpu0 halt.done", "cpu0 halt.return");
    }

    @Pins("machine.offline-others")
    @Test
    void anNmiThatIsSentToItIsLost() {
        Script script = script(offline((b, r) -> {
            r.sendNmi("send", OTHER);
            r.cpuOnline("up", OTHER);
        }));
        script.take("cpu1 cli", "cpu1 down", "cpu0 send", "cpu0 up");
        assertFalse(script.enabled().contains("cpu1 nmi sent"));
    }

    @Pins("machine.offline")
    @Test
    void itAnswersFirst() {
        Script script = script(b -> {
            b.thread(0, r -> r.syncEachCpu("sync", Sync.IRET));
            b.thread(1, r -> r.cpuOffline("down"));
        });
        script.take("cpu0 sync");
        assertFalse(script.enabled().contains("cpu1 down"));
        script.take("cpu1 ipi", "cpu1 down");
    }

    @Pins("machine.offline")
    @Pins("machine.online")
    @Test
    void nobodyComesOrGoesWhileTheMachineIsStopped() {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(3).reduce(false))
                .machine(b -> {
                    b.thread(0, r -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {})));
                    b.thread(1, r -> r.cpuOffline("down"));
                    b.thread(2, r -> r.cpuOnline("up", OTHER));
                }));
        script.take("cpu0 halt");
        assertFalse(script.enabled().contains("cpu1 down"));
        script.take("cpu1 stop", "cpu2 stop", "cpu0 halt.run", "cpu0 halt.done", "cpu1.stop leave", "cpu2.stop leave");
        script.take("cpu0 halt.return", "cpu1 down", "cpu2 up");
    }

    @Test
    void whoBringsItOnlineWaitsWhileTheMachineIsStopped() {
        Script script = new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(3).reduce(false))
                .machine(b -> {
                    b.thread(0, r -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {})));
                    b.thread(1, r -> r.cpuOffline("down"));
                    b.thread(2, r -> r.cpuOnline("up", OTHER));
                }));
        script.take("cpu1 down", "cpu0 halt");
        assertFalse(script.enabled().contains("cpu2 up"));
    }

    /** Whatever makes it impossible to take its thread over. */
    static Stream<Consumer<Recorder>> holdsOff() {
        return Stream.of(r -> r.irqDisable("cli"), r -> r.preemptDisable("off"));
    }

    @Pins("machine.on-its-way-down")
    @ParameterizedTest
    @MethodSource("holdsOff")
    void whoIsOnItsWayDownHoldsUpNobody(Consumer<Recorder> holdsOff) {
        for (BiConsumer<ProtocolBuilder, Recorder> asks : asked()) {
            assertFalse(deadlocks(asks, holdsOff.andThen(r -> r.cpuOffline("down"))));
            // Who has not come so far is waited for.
            assertTrue(deadlocks(asks, holdsOff.andThen(r -> r.irqDisable("off_for_good"))));
        }
    }

    private static List<BiConsumer<ProtocolBuilder, Recorder>> asked() {
        return List.of(
                (b, r) -> r.syncEachCpu("wait", Sync.IRET),
                (b, r) -> r.callOtherCpus("wait", "f", f -> f.fence("f"), true),
                (b, r) -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {})));
    }

    private static boolean deadlocks(BiConsumer<ProtocolBuilder, Recorder> asks, Consumer<Recorder> thread1) {
        return litmus().run(b -> {
                    b.thread(0, r -> asks.accept(b, r));
                    b.thread(1, thread1);
                })
                .deadlock();
    }

    /** Even where serialization does not help, a CPU that was offline has nothing in its caches. */
    @Pins("machine.online")
    @ParameterizedTest
    @EnumSource(
            value = FetchModel.class,
            names = {"STALE_CHUNK", "INCOHERENT"})
    void itComesBackWithNothingInItsCaches(FetchModel fetch) {
        Protocol.Definition patches = b -> {
            b.thread(0, r -> {
                r.textPoke("poke", site(b), 0, (byte) 0xf4);
                r.cpuOnline("up", OTHER);
            });
            b.thread(1, r -> {
                r.cpuOffline("down");
                r.execute("exec", site(b));
            });
        };
        assertEquals(
                Set.of("cpu1=new"),
                litmus().with(b -> b.fetch(fetch)).run(patches).finals());
    }

    @Test
    void onlyAThreadTakesItsCpuOffline() {
        assertEquals(
                Set.of(Incident.BUG_ON),
                litmus()
                        .run(b -> b.thread(0, r -> r.callOtherCpus("call", "f", f -> f.cpuOffline("down"), false)))
                        .incidents()
                        .stream()
                        .filter(incident -> incident != Incident.LOST_PATCH)
                        .collect(Collectors.toSet()));
    }
}
