// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Postconditions: each fires where it fails, and not where it holds. */
class EnsureTest {
    /** CPU 1 says that it is through, and then raises a flag, or the other way round; CPU 0 waits for the flag and ensures the former. */
    private static Protocol.Definition flag(boolean ghostFirst) {
        return b -> {
            Ghost through = b.ghost("through", 0, 0, 1);
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> {
                r.await("wait", flag.value().eq(1));
                r.ensure("the_other_is_through", through.value().eq(1));
            });
            b.thread(1, r -> {
                if (ghostFirst) {
                    r.ghostStore("through", through, Expr.of(1));
                }
                r.store("flag", flag, Expr.of(1));
                if (!ghostFirst) {
                    r.ghostStore("through", through, Expr.of(1));
                }
            });
        };
    }

    @Pins("machine.ensure")
    @Test
    void aPostconditionThatCanFailIsFound() {
        assertEquals(Set.of(), Litmus.data(DataModel.SC).run(flag(true)).incidents());
        assertEquals(
                Set.of(Incident.ENSURE),
                Litmus.data(DataModel.SC).run(flag(false)).incidents());
        assertTrue(Litmus.data(DataModel.SC).run(flag(true)).met(Reached.ENSURED));
    }

    @Pins("machine.ghost-store")
    @Test
    void aGhostIsInMemoryBeforeAStoreThatWaitsInTheBuffer() {
        assertEquals(Set.of(), Litmus.data(DataModel.TSO).run(flag(true)).incidents());
        Protocol.Definition late = b -> {
            Ghost stored = b.ghost("stored", 0, 0, 1);
            Shared x = b.shared("x", 0, 0, 1);
            Shared r0 = b.shared("r0", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ghostStore("stored", stored, Expr.of(1));
            });
            b.thread(1, r -> {
                var l = r.local("l", 0, 1);
                r.load("look", l, x);
                r.ensure("seen_if_stored", stored.value().eq(0).or(l.value().eq(1)));
                r.store("keep", r0, l.value());
            });
        };
        assertEquals(
                Set.of(Incident.ENSURE), Litmus.data(DataModel.TSO).run(late).incidents());
    }

    @Pins("machine.ghost-store")
    @Test
    void aGhostStaysInItsRange() {
        Protocol.Definition beyond = b -> {
            Ghost count = b.ghost("count", 0, 0, 1);
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ghostStore("one", count, count.value().plus(1));
                r.ghostStore("two", count, count.value().plus(1));
            });
        };
        assertEquals(
                Set.of(Incident.RANGE), Litmus.data(DataModel.SC).run(beyond).incidents());
    }

    /** A thread takes out a hook, waits until no breakpoint handler is left or does not, and ensures that none is. */
    private static Outcomes hook(boolean synchronise) {
        return Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(b -> {
            Shared hook = b.shared("hook", 1, 0, 1);
            Shared used = b.shared("used", 0, 0, 1);
            b.thread(0, r -> {
                r.store("unhook", hook, Expr.of(0));
                if (synchronise) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.ensure("nobody_in_handler", Expr.noCpuIn(HandlerKind.BREAKPOINT));
            });
            b.thread(1, r -> r.foreignInt3("int3"));
            b.breakpoint(r -> {
                r.rmw("use", used.cell(), RmwOp.OR, Expr.of(1));
                r.unhandled("not_ours");
            });
        });
    }

    @Pins("machine.ensure")
    @Test
    void whoIsInAHandlerIsKnown() {
        assertTrue(hook(false).incidents().contains(Incident.ENSURE));
        // Whoever comes after the synchronisation is in the handler, too: the word is about all CPUs, at that moment.
        assertTrue(hook(true).incidents().contains(Incident.ENSURE));
        Outcomes before = Litmus.data(DataModel.SC).run(b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ensure("nobody", Expr.noCpuIn(HandlerKind.BREAKPOINT));
            });
        });
        assertFalse(before.incidents().contains(Incident.ENSURE));
    }

    @Pins("machine.ensure")
    @Test
    void aHandlerThatDoesNothingIsSeen() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ensure("no_nmi", Expr.noCpuIn(HandlerKind.NMI));
            });
        };
        assertEquals(Set.of(), Litmus.data(DataModel.SC).run(definition).incidents());
        assertEquals(
                Set.of(Incident.ENSURE),
                Litmus.data(DataModel.SC).with(b -> b.nmis(1)).run(definition).incidents());
    }
}
