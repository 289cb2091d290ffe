// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.protocol.mutation.Mutation.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes less of a statement than it is, without a look at the statements inside it; most are all or nothing. A wait that may time out is not turned
 * into a single look: it may time out at once, so that the mutant could do nothing that the protocol cannot.
 */
final class Weakenings {
    /** What a compared text is when it is as expected. */
    private static final int EXPECTED = 0;

    /** A variable of its own for an operation that is taken apart. */
    private final Local scratch;

    Weakenings(Local scratch) {
        this.scratch = scratch;
    }

    static Variant weaken(Stmt statement, String how, Stmt... instead) {
        return Variant.of(statement, Operator.WEAKEN, how, instead);
    }

    /** All of a statement. */
    List<Variant> of(Stmt statement) {
        if (statement instanceof DataStmt stmt) {
            return data(stmt);
        }
        if (statement instanceof TextStmt stmt) {
            return text(stmt);
        }
        return statement instanceof CpuStmt stmt ? cpu(stmt) : List.of();
    }

    private List<Variant> data(DataStmt statement) {
        if (statement instanceof DataStmt.Store stmt && stmt.release()) {
            Stmt plain = new DataStmt.Store(stmt.label(), stmt.to(), stmt.value(), false);
            return List.of(
                    weaken(stmt, "release → plain", plain).equivalent("on x86 a release store is a plain store"));
        }
        if (statement instanceof DataStmt.Rmw stmt) {
            return rmw(stmt);
        }
        if (statement instanceof DataStmt.CompareExchange stmt) {
            return compareExchange(stmt);
        }
        if (statement instanceof DataStmt.CompareSwap stmt) {
            return compareSwap(stmt);
        }
        if (statement instanceof DataStmt.AwaitExchange stmt) {
            Stmt await = new DataStmt.Await(
                    stmt.label() + ".load", stmt.cell().value().eq(stmt.expected()));
            Stmt store = new DataStmt.Store(stmt.label(), stmt.cell(), stmt.desired(), false);
            return List.of(weaken(stmt, "locked → load, store", await, store));
        }
        if (statement instanceof DataStmt.AwaitOrTimeout stmt) {
            Stmt await = new DataStmt.Await(stmt.label(), stmt.condition());
            return List.of(
                    weaken(stmt, "timed → for ever", await, new DataStmt.Assign("", stmt.timedOut(), Expr.of(0))));
        }
        return List.of();
    }

    private static List<Variant> cpu(CpuStmt statement) {
        if (statement instanceof CpuStmt.Serialize stmt) {
            return List.of(weaken(stmt, stmt.sync().text() + " → fence", new DataStmt.Fence(stmt.label())));
        }
        if (statement instanceof CpuStmt.SyncEachCpu stmt) {
            return syncEachCpu(stmt);
        }
        if (statement instanceof CpuStmt.GracePeriod stmt && stmt.quiescence() != Quiescence.HANDLERS_DONE) {
            Stmt weaker = new CpuStmt.GracePeriod(stmt.label(), Quiescence.HANDLERS_DONE);
            return List.of(weaken(stmt, "sites left → handlers done", weaker));
        }
        if (statement instanceof CpuStmt.Sti stmt) {
            return List.of(weaken(
                    stmt, "next instruction → some time later", new CpuStmt.SetInterruptFlag(stmt.label(), true)));
        }
        return List.of();
    }

    private List<Variant> text(TextStmt statement) {
        if (statement instanceof TextStmt.TextPoke stmt && stmt.store().isTornAsMemcpy()) {
            Stmt memcpy = new TextStmt.TextPoke(stmt.label(), stmt.store().asMemcpy());
            return List.of(weaken(stmt, "one store → memcpy", memcpy));
        }
        if (statement instanceof TextStmt.ExchangeText stmt) {
            Stmt load = new TextStmt.LoadText(stmt.label() + ".load", scratch, stmt.expected());
            Stmt store = new TextStmt.TextPoke(stmt.label(), stmt.desired());
            return apart(stmt, load, scratch.value().eq(EXPECTED), store, stmt.success());
        }
        return List.of();
    }

    private List<Variant> rmw(DataStmt.Rmw stmt) {
        Local old = stmt.old().orElse(scratch);
        Stmt load = new DataStmt.Assign(stmt.label() + ".load", old, stmt.cell().value());
        Stmt store =
                new DataStmt.Store(stmt.label(), stmt.cell(), result(stmt.op(), old.value(), stmt.operand()), false);
        Stmt[] apart = stmt.op() == RmwOp.ADD_UNLESS_ZERO
                ? new Stmt[] {load, new ControlStmt.If("", old.value().ne(0), List.of(store), List.of())}
                : new Stmt[] {load, store};
        return List.of(weaken(stmt, "locked → load, store", apart));
    }

    private static Expr result(RmwOp op, Expr old, Expr operand) {
        return switch (op) {
            case ADD, ADD_UNLESS_ZERO -> old.plus(operand);
            case OR -> old.or(operand);
            case XOR -> new Expr.Binary(Expr.BinaryOp.XOR, old, operand);
            case AND_NOT -> new Expr.Binary(Expr.BinaryOp.SUB, old, old.and(operand));
            case EXCHANGE -> operand;
        };
    }

    private List<Variant> compareExchange(DataStmt.CompareExchange stmt) {
        Stmt load =
                new DataStmt.Assign(stmt.label() + ".load", scratch, stmt.cell().value());
        Stmt store = new DataStmt.Store(stmt.label(), stmt.cell(), stmt.desired(), false);
        return apart(stmt, load, scratch.value().eq(stmt.expected()), store, stmt.success());
    }

    /** A locked operation as a load, and a store if that gave what was expected. */
    private static List<Variant> apart(Stmt stmt, Stmt load, Expr equal, Stmt store, Local success) {
        Stmt stored = new ControlStmt.If("", equal, List.of(store), List.of());
        return List.of(weaken(stmt, "locked → load, store", load, stored, new DataStmt.Assign("", success, equal)));
    }

    private static List<Variant> compareSwap(DataStmt.CompareSwap stmt) {
        Stmt load = new DataStmt.Assign(
                stmt.label() + ".load", stmt.old(), stmt.cell().value());
        Stmt store = new DataStmt.Store(stmt.label(), stmt.cell(), stmt.desired(), false);
        Expr equal = stmt.old().value().eq(stmt.expected());
        return List.of(
                weaken(stmt, "locked → load, store", load, new ControlStmt.If("", equal, List.of(store), List.of())));
    }

    private static List<Variant> syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        List<Variant> variants = new ArrayList<>();
        variants.add(weaken(stmt, "every CPU → this CPU", new CpuStmt.Serialize(stmt.label(), stmt.sync())));
        // Where the IPI returns by IRET that serializes, whatever the handler executes.
        if (stmt.switchesTask() && !stmt.sync().drainsStores()) {
            Stmt fence = new CpuStmt.SyncEachCpu(stmt.label(), Sync.MFENCE, true, stmt.fenced());
            variants.add(weaken(stmt, "handler: " + stmt.sync().text() + " → fence", fence));
        }
        if (stmt.fenced()) {
            Stmt bare = new CpuStmt.SyncEachCpu(stmt.label(), stmt.sync(), stmt.switchesTask(), false);
            variants.add(weaken(stmt, "fenced → not fenced", bare));
        }
        return variants;
    }
}
