// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads whose breakpoint handler is a part of them. */
class UserThreadTest {
    /** The thread of CPU 1 executes a site whose first version is a breakpoint, and its handler has two steps. */
    private static Protocol.Definition program(boolean user, Consumer<Recorder> thread0) {
        return b -> {
            if (user) {
                b.user(1);
            }
            b.thread(0, thread0);
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
            b.breakpoint(r -> {
                r.fence("one");
                r.fence("two");
                r.emulate("emulate", b.sites().get(0), 1, true);
            });
        };
    }

    private static Script script(Protocol.Definition definition) {
        return new Script(Litmus.sites("int3->nop1")
                .with(b -> b.cpus(2).irqs(1).reduce(false))
                .machine(definition));
    }

    @Pins("machine.user-thread")
    @Pins("machine.user-handler")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsComeToTheHandlerOfAUserThread(boolean user) {
        Script script = script(program(user, r -> r.syncEachCpu("sync", Sync.IRET)));
        script.take("cpu1 fetch site0 [cc]", "cpu0 sync");
        assertEquals(user, script.isInterruptible(1));
        assertEquals(user, script.enabled().contains("cpu1.bp irq"));
        assertEquals(user, script.enabled().contains("cpu1.bp ipi"));
    }

    @Pins("machine.user-handler")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMachineIsStoppedWhileAUserThreadIsInItsHandler(boolean user) {
        Script script =
                script(b -> program(user, r -> r.stopMachine("halt", () -> {}, b.routine("others", other -> {})))
                        .record(b));
        script.take("cpu1 fetch site0 [cc]", "cpu0 halt", "cpu1.bp one");
        assertEquals(user, script.enabled().contains("cpu1.bp stop"));
        if (user) {
            script.take("cpu1.bp stop", "cpu0 halt.run", "cpu0 halt.done", "cpu1.stop leave", "cpu1.bp two");
        }
    }

    private static Script waits(boolean user, Quiescence quiescence) {
        return script(program(user, r -> r.gracePeriod("rcu", quiescence)));
    }

    @Pins("machine.user-grace")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGracePeriodDoesNotWaitForAHandlerThatMaySleep(boolean user) {
        Script script = waits(user, Quiescence.HANDLERS_DONE).take("cpu1 fetch site0 [cc]", "cpu0 rcu");
        assertEquals(user, script.enabled().contains("cpu0 rcu.wait"));
    }

    @Pins("machine.user-grace")
    @Test
    void oneOfTasksWaitsForTheHandlerAndNotForItsOwnText() {
        Script script = waits(true, Quiescence.SITES_LEFT).take("cpu1 fetch site0 [cc]", "cpu0 rcu");
        assertEquals(false, script.enabled().contains("cpu0 rcu.wait"));
        assertEquals(true, inTheMiddle(true).enabled().contains("cpu0 rcu.wait"));
        assertEquals(false, inTheMiddle(false).enabled().contains("cpu0 rcu.wait"));
    }

    /** CPU 1 is between two instructions of a site when CPU 0 begins to wait. */
    private static Script inTheMiddle(boolean user) {
        Script script = new Script(Litmus.sites("9090->9090")
                .with(b -> b.cpus(2).reduce(false))
                .machine(program(user, r -> r.gracePeriod("rcu", Quiescence.SITES_LEFT))));
        return script.take("cpu1 fetch site0 [90]", "cpu0 rcu");
    }

    @Pins("machine.user-nested")
    @Test
    void whatTheHandlerHitsIsHandledWithInterruptsOff() {
        Script script = new Script(Litmus.sites("int3->nop1", "int3->nop1")
                .with(b -> b.cpus(2).irqs(1).reduce(false))
                .machine(b -> {
                    b.user(1);
                    b.thread(1, r -> r.execute("exec", b.sites().get(0)));
                    b.breakpoint(r -> r.execute("inner", b.sites().get(1)));
                }));
        script.take("cpu1 fetch site0 [cc]", "cpu1.bp fetch site1 [cc]");
        assertEquals(false, script.isInterruptible(1));
    }

    @Test
    void onlyAThreadThatThereIsCanBeOne() {
        Protocol.Definition none = b -> b.user(2);
        assertEquals(
                "there is no CPU 2 to run a thread; the scenario has CPUs 0..1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Litmus.sites("nop1->nop1")
                                        .with(b -> b.cpus(2))
                                        .machine(none))
                        .getMessage());
    }

    @Test
    void withAndWithoutReductionTheSameHappens() {
        Litmus litmus = Litmus.sites("int3->nop1").with(b -> b.cpus(2).irqs(1));
        Consumer<ProtocolBuilder> program = program(true, r -> r.gracePeriod("rcu", Quiescence.HANDLERS_DONE))::record;
        assertEquals(false, litmus.run(program::accept).deadlock());
    }
}
