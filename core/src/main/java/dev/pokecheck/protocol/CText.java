// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.Site;

/** One statement in the words of C, without the statements inside it. */
public final class CText implements Stmt.Visitor<String> {
    /** The printer. */
    public static final CText PRINT = new CText();

    private static final ExprText EXPRESSIONS = new ExprText();

    private CText() {}

    /** The text of a statement. */
    public static String of(Stmt statement) {
        return statement.accept(PRINT);
    }

    /** The text of an expression. */
    public static String of(Expr expr) {
        return EXPRESSIONS.of(expr);
    }

    private static String cell(Shared.Cell cell) {
        return EXPRESSIONS.of(cell);
    }

    @Override
    public String note(Stmt.Note stmt) {
        return "/* " + stmt.text() + " */";
    }

    @Override
    public String assign(Stmt.Assign stmt) {
        String value = of(stmt.value());
        return stmt.to().name() + " = " + (stmt.label().isEmpty() ? value : "READ_ONCE(" + value + ")") + ";";
    }

    @Override
    public String store(Stmt.Store stmt) {
        return stmt.release()
                ? "smp_store_release(&" + cell(stmt.to()) + ", " + of(stmt.value()) + ");"
                : "WRITE_ONCE(" + cell(stmt.to()) + ", " + of(stmt.value()) + ");";
    }

    @Override
    public String rmw(Stmt.Rmw stmt) {
        String old = stmt.old().map(local -> local.name() + " = ").orElse("");
        return old + stmt.op().text() + "(&" + cell(stmt.cell()) + ", " + of(stmt.operand()) + ");";
    }

    @Override
    public String compareExchange(Stmt.CompareExchange stmt) {
        return stmt.success().name() + " = try_cmpxchg(&" + cell(stmt.cell()) + ", " + of(stmt.expected()) + ", "
                + of(stmt.desired()) + ");";
    }

    @Override
    public String fence(Stmt.Fence stmt) {
        return "smp_mb();";
    }

    @Override
    public String await(Stmt.Await stmt) {
        return "while (!(" + of(stmt.condition()) + ")) cpu_relax();";
    }

    @Override
    public String awaitExchange(Stmt.AwaitExchange stmt) {
        return "while (!try_cmpxchg(&" + cell(stmt.cell()) + ", " + of(stmt.expected()) + ", " + of(stmt.desired())
                + ")) cpu_relax();";
    }

    @Override
    public String branch(Stmt.If stmt) {
        return "if (" + of(stmt.condition()) + ")";
    }

    @Override
    public String loop(Stmt.While stmt) {
        return "while (" + of(stmt.condition()) + ")";
    }

    @Override
    public String call(Stmt.Call stmt) {
        return stmt.function();
    }

    @Override
    public String leave(Stmt.Return stmt) {
        return "return;";
    }

    @Override
    public String textPoke(Stmt.TextPoke stmt) {
        Site site = stmt.store().site();
        String to = stmt.store().offset() == 0
                ? site.name()
                : site.name() + " + " + stmt.store().offset();
        return "text_poke(" + to + ", \"" + Printer.hex(stmt.store().data()) + "\");";
    }

    @Override
    public String serialize(Stmt.Serialize stmt) {
        return "sync_one(); /* " + stmt.sync().text() + " */";
    }

    @Override
    public String syncEachCpu(Stmt.SyncEachCpu stmt) {
        String handler = stmt.sync() == Sync.NONE ? "nothing" : "do_sync_core";
        String how = stmt.sync().text() + (stmt.switchesTask() ? "; returns to another task, by sysret" : "");
        return "on_each_cpu(" + handler + "); /* " + how + " */";
    }

    @Override
    public String gracePeriod(Stmt.GracePeriod stmt) {
        return stmt.quiescence().function() + "();";
    }

    @Override
    public String sendNmi(Stmt.SendNmi stmt) {
        return "send_nmi(" + of(stmt.cpu()) + ");";
    }

    @Override
    public String setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        return stmt.enabled() ? "local_irq_enable();" : "local_irq_disable();";
    }

    @Override
    public String setPreemption(Stmt.SetPreemption stmt) {
        return stmt.enabled() ? "preempt_enable();" : "preempt_disable();";
    }

    @Override
    public String stopMachine(Stmt.StopMachine stmt) {
        return "stop_machine(others: " + stmt.elsewhere().name() + ")";
    }

    @Override
    public String execute(Stmt.Execute stmt) {
        return stmt.version().map(version -> version.name() + " = ").orElse("")
                + stmt.site().name() + "();";
    }

    @Override
    public String foreignInt3(Stmt.ForeignInt3 stmt) {
        return "int3(); /* somebody else's */";
    }

    @Override
    public String bugOn(Stmt.BugOn stmt) {
        return "BUG_ON(" + of(stmt.condition()) + "); /* " + stmt.message() + " */";
    }

    @Override
    public String patchMark(Stmt.PatchMark stmt) {
        return stmt.end()
                ? "/* the patch call for " + stmt.site().name() + " returns: version " + stmt.version() + " */"
                : "/* the patch call for " + stmt.site().name() + " begins: version " + stmt.version() + " */";
    }

    @Override
    public String unhandled(Stmt.Unhandled stmt) {
        return "return 0; /* not ours: the kernel dies */";
    }

    @Override
    public String setSavedAddress(Stmt.SetSavedAddress stmt) {
        return "regs->ip = " + of(stmt.place()) + ";";
    }

    @Override
    public String emulate(Stmt.Emulate stmt) {
        return "emulate(regs, " + stmt.site().name() + ", \""
                + Printer.att(
                        stmt.site().bytes(stmt.version()),
                        0,
                        stmt.site().length(),
                        stmt.site().address())
                + "\");" + (stmt.gap() ? "" : " /* no gap below the trapped stack */");
    }

    @Override
    public String objectLife(Stmt.ObjectLife stmt) {
        if (stmt.allocated()) {
            return stmt.begin() ? stmt.name() + " = kzalloc();" : "kfree(" + stmt.name() + ");";
        }
        return stmt.begin()
                ? "struct " + stmt.name() + " " + stmt.name() + "; /* on this stack */"
                : "/* " + stmt.name() + " goes out of scope */";
    }

    @Override
    public String pathBegin(Stmt.PathBegin stmt) {
        return "/* one path: */";
    }

    @Override
    public String rest(Stmt.Rest stmt) {
        return "/* at rest */";
    }
}
