// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.Uses;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a statement touches: local variables and the saved address of the context below, which nobody else can see before this context ends,
 * whether it touches anything beyond them, and whether anybody can notice that.
 */
final class Touches {
    /** Stands for the saved address among the numbers of local variables. */
    private static final int SAVED_ADDRESS = -1;

    private final Set<Integer> reads = new TreeSet<>();
    private final Set<Integer> writes = new TreeSet<>();
    private boolean others;
    private boolean noticed;
    private boolean ends;

    private Touches() {}

    /** What a statement touches, with all statements inside it. */
    static Touches of(Stmt statement) {
        Touches touches = new Touches();
        touches.add(statement);
        return touches;
    }

    private void add(Stmt statement) {
        Uses uses = statement.uses();
        uses.locals().forEach(local -> reads.add(local.id()));
        if (uses.readsSavedAddress()) {
            reads.add(SAVED_ADDRESS);
        }
        uses.assigns().ifPresent(local -> writes.add(local.id()));
        if (uses.savedAddress()) {
            writes.add(SAVED_ADDRESS);
        }
        others |= uses.readsShared() || uses.seen();
        noticed |= uses.seen();
        ends |= uses.ends();
        if (statement instanceof CpuStmt.Elsewhere parts) {
            // What the other CPUs run has local variables of its own.
            parts.here().forEach(this::add);
        } else {
            statement.bodies().forEach(body -> body.statements().forEach(this::add));
        }
    }

    /** Whether it writes a local variable. */
    boolean writes(Local local) {
        return writes.contains(local.id());
    }

    /** Whether a statement reads a local variable that another one writes. */
    static boolean feeds(Stmt first, Stmt second) {
        return !Collections.disjoint(of(first).writes, of(second).reads);
    }

    /**
     * Whether two statements that follow each other can change places without a difference: one of them touches only its own context, and
     * neither reads or writes what the other writes. If one of them can end the run or the handler, nobody may notice whether the other was
     * executed: it is local, or a plain load, and not where the context below goes on, as that is left to it.
     */
    static boolean commute(Stmt first, Stmt second) {
        Touches a = of(first);
        Touches b = of(second);
        return !(a.others && b.others)
                && !(a.ends && (b.noticed || b.ends))
                && !(b.ends && a.noticed)
                && !(a.ends && b.writes.contains(SAVED_ADDRESS))
                && !(b.ends && a.writes.contains(SAVED_ADDRESS))
                && Collections.disjoint(a.writes, b.reads)
                && Collections.disjoint(a.writes, b.writes)
                && Collections.disjoint(a.reads, b.writes);
    }
}
