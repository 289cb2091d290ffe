// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Delivery empties the store buffer: SB where the load of one CPU is in a handler that has interrupted it after its store. */
class DeliveryTest {
    /** What interrupts the thread of CPU 0. */
    private enum By {
        /** Sent by CPU 0 to itself, so that it comes after the store. */
        NMI,
        /** Of somebody else, right there. */
        BREAKPOINT,
        /** Nothing does: what is asked for is done in the thread. */
        NOTHING
    }

    private static Litmus litmus() {
        return Litmus.data(DataModel.TSO).with(b -> b.cpus(2)).finals("a", "b");
    }

    private static void load(Recorder r, Shared from, Shared to) {
        Local value = r.local("value", 0, 1);
        r.load("load", value, from);
        r.store("store", to, value.value());
    }

    /** CPU 0: x=1, and in the handler a=y. CPU 1: y=1; mfence; b=x. */
    private static Protocol.Definition storeBuffering(By by) {
        return p -> {
            Shared x = p.shared("x", 0, 0, 1);
            Shared y = p.shared("y", 0, 0, 1);
            Shared a = p.shared("a", 1, 0, 1);
            Shared b = p.shared("b", 0, 0, 1);
            p.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                switch (by) {
                    case NMI -> r.sendNmi("event", Expr.of(0));
                    case BREAKPOINT -> r.foreignInt3("event");
                    case NOTHING -> load(r, y, a);
                }
            });
            if (by == By.NMI) {
                p.nmi(r -> load(r, y, a));
            } else if (by == By.BREAKPOINT) {
                p.breakpoint(r -> {
                    load(r, y, a);
                    r.unhandled("not_ours");
                });
            }
            p.thread(1, r -> {
                r.store("y", y, Expr.of(1));
                r.fence("mfence");
                load(r, x, b);
            });
        };
    }

    @Pins("cpu.delivery")
    @ParameterizedTest
    @EnumSource
    void aHandlerDoesNotOvertakeAStoreOfItsCpu(By by) {
        for (NmiModel nmi : NmiModel.values()) {
            Outcomes outcomes = litmus().with(b -> b.nmi(nmi)).run(storeBuffering(by));
            assertEquals(by == By.NOTHING, outcomes.finals().contains("0 0"), nmi + " " + outcomes.finals());
            assertTrue(outcomes.finals().containsAll(Set.of("0 1", "1 0", "1 1")), outcomes.finals()::toString);
            assertFalse(outcomes.deadlock());
        }
    }

    /** The handler of an interrupt that comes at any time: where it comes after the store, it does not see the old y while CPU 1 sees the old x. */
    private static Protocol.Definition atAnyTime(BiConsumer<ProtocolBuilder, Consumer<Recorder>> handler) {
        return p -> {
            Shared x = p.shared("x", 0, 0, 1);
            Shared y = p.shared("y", 0, 0, 1);
            Shared a = p.shared("a", 1, 0, 1);
            Shared b = p.shared("b", 0, 0, 1);
            p.thread(0, r -> r.store("x", x, Expr.of(1)));
            p.thread(1, r -> {
                r.store("y", y, Expr.of(1));
                r.fence("mfence");
                load(r, x, b);
            });
            handler.accept(p, r -> {
                // Only CPU 0 has stored to x, or has it in its buffer.
                Local mine = r.local("mine", 0, 1);
                r.load("mine", mine, x);
                r.ifThen(mine.value().eq(1).and(Expr.thisCpu().eq(0)), () -> load(r, y, a));
            });
        };
    }

    @Pins("cpu.delivery")
    @Test
    void norDoesThatOfAnIrqOrOfAnNmiThatNobodySends() {
        Litmus litmus = litmus();
        Set<String> irq =
                litmus.with(b -> b.irqs(1)).run(atAnyTime(ProtocolBuilder::irq)).finals();
        assertFalse(irq.contains("0 0"), irq::toString);
        assertTrue(irq.containsAll(Set.of("0 1", "1 0")), irq::toString);
        Set<String> nmi =
                litmus.with(b -> b.nmis(1)).run(atAnyTime(ProtocolBuilder::nmi)).finals();
        assertFalse(nmi.contains("0 0"), nmi::toString);
        assertTrue(nmi.containsAll(Set.of("0 1", "1 0")), nmi::toString);
    }

    @Pins("cpu.delivery")
    @Test
    void norDoesThatOfAnIpi() {
        Set<String> finals = litmus().with(b -> b.cpus(3))
                .run(atAnyTime((p, body) -> p.thread(2, r -> r.onEachCpu("call", "f", body, false))))
                .finals();
        assertFalse(finals.contains("0 0"), finals::toString);
        assertTrue(finals.containsAll(Set.of("0 1", "1 0")), finals::toString);
    }

    /** The breakpoint is fetched before the stores before it are in memory, so that CPU 1 may see it gone and the store not there. */
    @Test
    void aBreakpointIsFetchedBeforeTheBufferIsEmpty() {
        Protocol.Definition traps = p -> {
            Shared x = p.shared("x", 0, 0, 1);
            Shared a = p.shared("a", 0, 0, 1);
            Shared b = p.shared("b", 1, 0, 1);
            p.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.execute("exec", p.sites().get(0));
            });
            p.breakpoint(r -> {
                r.store("a", a, Expr.of(1));
                r.emulate("emulate", p.sites().get(0), 1, true);
            });
            p.thread(1, r -> {
                r.textPoke("back", p.sites().get(0), 0, (byte) 0x90);
                r.fence("mfence");
                load(r, x, b);
            });
        };
        Set<String> finals = Litmus.sites("int3->nop1")
                .with(b -> b.cpus(2).data(DataModel.TSO).fetch(FetchModel.COHERENT))
                .finals("a", "b")
                .run(traps)
                .finals();
        assertEquals(Set.of("0 0", "0 1", "1 0", "1 1"), finals);
    }
}
