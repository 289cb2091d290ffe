// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that can be taken in several ways, and waits for two loads. */
class ChoiceTest {
    private static Script script(String... threads) {
        return new Script(
                Litmus.data(DataModel.SC).with(b -> b.cpus(threads.length)).machine(new Assembly(threads)));
    }

    @Pins("protocol.choose")
    @Test
    void aChoiceIsAnActionForEachNumber() {
        assertEquals(
                List.of("cpu0 s0 0", "cpu0 s0 1", "cpu0 s0 2"),
                script("r0=any 3").enabled());
        Litmuses.ANY_NUMBER_IS_CHOSEN.check();
    }

    @Pins("protocol.choose")
    @Test
    void aChoiceNeedsALocalThatHoldsIt() {
        Protocol.Definition narrow = b -> b.thread(0, r -> r.choose("pick", 3, r.local("l", 0, 1)));
        assertEquals(
                "thread0: pick chooses among 3 for l, which holds 0..1; choose among 2 at least, and declare it with 0..2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Litmus.data(DataModel.SC).machine(narrow))
                        .getMessage());
    }

    @Pins("protocol.timeout")
    @Test
    void aWaitThatMayTimeOutIsNeverStuck() {
        Script waits = script("r0=timeout x 1", "x=1");
        assertEquals(List.of("cpu0 s0 times out", "cpu1 s0"), waits.enabled());
        waits.take("cpu1 s0");
        assertEquals(List.of("cpu0 s0", "cpu0 s0 times out"), waits.enabled());
        assertFalse(Litmus.data(DataModel.SC).run("r0=timeout x 1").deadlock());
        assertTrue(Litmus.data(DataModel.SC).run("wait x 1").deadlock());
    }

    @Pins("protocol.await-both")
    @Test
    void aWaitForTwoIsTwoLoads() {
        Script waits = script("both x 1 y 1", "x=1; x=0; y=1; y=0; x=1; y=1");
        assertEquals(List.of("cpu1 s0"), waits.enabled());
        waits.take("cpu1 s0", "cpu0 s0", "cpu1 s1");
        assertTrue(waits.enabled().contains("cpu0 s0.and"), "it goes back");
        waits.take("cpu1 s2");
        assertTrue(waits.enabled().contains("cpu0 s0.and"), "it goes on, though x is 0 now");
        waits.take("cpu1 s3", "cpu0 s0.and", "cpu1 s4", "cpu0 s0");
        assertFalse(waits.enabled().contains("cpu0 s0.and"), "to load both again would change nothing");
        assertTrue(waits.take("cpu1 s5").enabled().contains("cpu0 s0.and"));
    }

    @Pins("protocol.await-both")
    @Test
    void anAwaitOfTwoLoadsIsRefusedWithTheRemedy() {
        Protocol.Definition both = b -> {
            Expr x = b.shared("x", 0, 0, 1).value();
            Expr y = b.shared("y", 0, 0, 1).value();
            b.thread(0, r -> r.await("wait", x.eq(1).and(y.eq(1))));
        };
        assertEquals(
                "thread0: wait awaits a condition on several shared variables, and each is a load of its own; use awaitBoth"
                        + " for two that must hold, or write the loop out",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Litmus.data(DataModel.SC).machine(both))
                        .getMessage());
    }
}
