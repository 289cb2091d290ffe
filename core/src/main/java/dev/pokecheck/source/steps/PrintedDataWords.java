// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import java.util.Locale;
import java.util.Optional;

/** Statements on data and on contexts, in the words of {@code pokecheck/steps.h}; those of the kernel where there are some. */
abstract class PrintedDataWords implements Stmt.Visitor<PrintedWord> {
    final PrintedExpressions expressions;

    PrintedDataWords(PrintedExpressions expressions) {
        this.expressions = expressions;
    }

    final String of(Expr expr) {
        return expressions.of(expr);
    }

    /** The variable that gets what a word gives. */
    final String to(Local local) {
        return expressions.local(local) + " = ";
    }

    final String to(Optional<Local> local) {
        return local.map(this::to).orElse("");
    }

    private static PrintedWord on(String operation, Shared.Cell cell, String text) {
        return new PrintedWord(operation, cell.var().name(), text);
    }

    // ---- data

    @Override
    public PrintedWord assign(DataStmt.Assign stmt) {
        return new PrintedWord("load", Labelling.object(stmt.value()), to(stmt.to()) + of(stmt.value()) + ";");
    }

    @Override
    public PrintedWord store(DataStmt.Store stmt) {
        String to = expressions.cell(stmt.to());
        String text = stmt.release()
                ? "smp_store_release(&" + to + ", " + of(stmt.value()) + ");"
                : "WRITE_ONCE(" + to + ", " + of(stmt.value()) + ");";
        return on("store", stmt.to(), text);
    }

    @Override
    public PrintedWord rmw(DataStmt.Rmw stmt) {
        String operation = stmt.op().name().toLowerCase(Locale.ROOT);
        String text = to(stmt.old()) + "poke_fetch_" + operation + "(&" + expressions.cell(stmt.cell()) + ", "
                + of(stmt.operand()) + ");";
        return on(operation, stmt.cell(), text);
    }

    @Override
    public PrintedWord compareExchange(DataStmt.CompareExchange stmt) {
        return on(
                "cmpxchg",
                stmt.cell(),
                to(stmt.success()) + exchange(stmt.cell(), stmt.expected(), stmt.desired()) + ";");
    }

    private String exchange(Shared.Cell cell, Expr expected, Expr desired) {
        return "poke_try_cmpxchg(&" + expressions.cell(cell) + ", " + of(expected) + ", " + of(desired) + ")";
    }

    @Override
    public PrintedWord compareSwap(DataStmt.CompareSwap stmt) {
        String text = to(stmt.old()) + "poke_cmpxchg(&" + expressions.cell(stmt.cell()) + ", " + of(stmt.expected())
                + ", " + of(stmt.desired()) + ");";
        return on("cmpxchg", stmt.cell(), text);
    }

    @Override
    public PrintedWord fence(DataStmt.Fence stmt) {
        return new PrintedWord("fence", "", "smp_mb();");
    }

    @Override
    public PrintedWord await(DataStmt.Await stmt) {
        return until(stmt.condition(), of(stmt.condition()));
    }

    @Override
    public PrintedWord awaitBoth(DataStmt.AwaitBoth stmt) {
        return until(stmt.first(), "(" + of(stmt.first()) + ") && (" + of(stmt.second()) + ")");
    }

    private static PrintedWord until(Expr first, String condition) {
        return new PrintedWord("wait", Labelling.object(first), "while (!(" + condition + ")) cpu_relax();");
    }

    @Override
    public PrintedWord awaitOrTimeout(DataStmt.AwaitOrTimeout stmt) {
        return new PrintedWord(
                "wait",
                Labelling.object(stmt.condition()),
                to(stmt.timedOut()) + "poke_wait_or_timeout(" + of(stmt.condition()) + ");");
    }

    @Override
    public PrintedWord awaitExchange(DataStmt.AwaitExchange stmt) {
        String text = "while (!" + exchange(stmt.cell(), stmt.expected(), stmt.desired()) + ") cpu_relax();";
        return on("lock", stmt.cell(), text);
    }

    @Override
    public PrintedWord objectLife(DataStmt.ObjectLife stmt) {
        String word = stmt.allocated()
                ? stmt.begin() ? "poke_allocate" : "poke_free"
                : stmt.begin() ? "poke_object_begin" : "poke_object_end";
        return new PrintedWord(
                stmt.begin() ? "begin" : "end", stmt.name(), word + "(" + expressions.object(stmt.object()) + ");");
    }

    @Override
    public PrintedWord ghostStore(DataStmt.GhostStore stmt) {
        String text = "poke_ghost_store(" + expressions.place(stmt.ghost()) + ", " + of(stmt.value()) + ");";
        return new PrintedWord("ghost", stmt.ghost().name(), text);
    }

    // ---- contexts

    @Override
    public PrintedWord suspend(ContextStmt.Suspend stmt) {
        return new PrintedWord("suspend", "", "poke_suspend(" + of(stmt.cpu()) + ");");
    }

    @Override
    public PrintedWord readContext(ContextStmt.ReadContext stmt) {
        return new PrintedWord("read_context", "", to(stmt.to()) + "poke_read_context(" + of(stmt.cpu()) + ");");
    }

    @Override
    public PrintedWord setContext(ContextStmt.SetContext stmt) {
        return new PrintedWord(
                "set_context", "", "poke_set_context(" + of(stmt.cpu()) + ", " + of(stmt.place()) + ");");
    }

    @Override
    public PrintedWord resume(ContextStmt.Resume stmt) {
        return new PrintedWord("resume", "", "poke_resume(" + of(stmt.cpu()) + ");");
    }

    @Override
    public PrintedWord goOffline(ContextStmt.GoOffline stmt) {
        return new PrintedWord("cpu_offline", "", "poke_cpu_offline();");
    }

    @Override
    public PrintedWord bringOnline(ContextStmt.BringOnline stmt) {
        return new PrintedWord("cpu_online", "", "poke_cpu_online(" + of(stmt.cpu()) + ");");
    }
}
