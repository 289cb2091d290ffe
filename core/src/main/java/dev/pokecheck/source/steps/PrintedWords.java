// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.Arrays;

/** The same for all others. */
final class PrintedWords extends PrintedDataWords {
    PrintedWords(PrintedExpressions expressions) {
        super(expressions);
    }

    // ---- what a reader or a monitor is told

    @Override
    public PrintedWord note(ControlStmt.Note stmt) {
        return PrintedWord.unnamed("poke_note(" + PrintedLines.quoted(stmt.comment()) + ");");
    }

    @Override
    public PrintedWord choose(ControlStmt.Choose stmt) {
        return new PrintedWord("choose", "", to(stmt.to()) + "poke_choose(" + stmt.ways() + ");");
    }

    @Override
    public PrintedWord bugOn(ControlStmt.BugOn stmt) {
        String text = "poke_bug_on(" + of(stmt.condition()) + ", " + PrintedLines.quoted(stmt.message()) + ");";
        return new PrintedWord("bug", Labelling.object(stmt.condition()), text);
    }

    @Override
    public PrintedWord ensure(ControlStmt.Ensure stmt) {
        return new PrintedWord("ensure", "", "poke_ensure(" + of(stmt.condition()) + ");");
    }

    @Override
    public PrintedWord pathBegin(ControlStmt.PathBegin stmt) {
        return PrintedWord.unnamed("poke_path();");
    }

    @Override
    public PrintedWord rest(ControlStmt.Rest stmt) {
        return PrintedWord.unnamed("poke_rest();");
    }

    // ---- with statements inside them: PrintedStatements writes those

    @Override
    public PrintedWord branch(ControlStmt.If stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord loop(ControlStmt.While stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord call(ControlStmt.Call stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord leave(ControlStmt.Return stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord block(ControlStmt.Block stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord leave(ControlStmt.Leave stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord callCpus(CpuStmt.CallCpus stmt) {
        throw structured(stmt);
    }

    @Override
    public PrintedWord stopMachine(CpuStmt.StopMachine stmt) {
        throw structured(stmt);
    }

    private static IllegalStateException structured(Stmt stmt) {
        return new IllegalStateException("no word of its own: " + stmt.text());
    }

    // ---- CPUs

    @Override
    public PrintedWord serialize(CpuStmt.Serialize stmt) {
        String text = stmt.sync() == Sync.IRET ? "sync_core();" : "poke_insn(" + name(stmt.sync()) + ");";
        return new PrintedWord(stmt.sync().text(), "", text);
    }

    @Override
    public PrintedWord syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        String how = stmt.switchesTask() ? "_then_sysret" : stmt.fenced() ? "" : "_unfenced";
        String text = stmt.sync() == Sync.IRET && how.isEmpty()
                ? "smp_text_poke_sync_each_cpu();"
                : "poke_sync_each_cpu" + how + "(" + name(stmt.sync()) + ");";
        return new PrintedWord("sync", "", text);
    }

    private static String name(Sync sync) {
        return PrintedLines.quoted(sync.text());
    }

    @Override
    public PrintedWord gracePeriod(CpuStmt.GracePeriod stmt) {
        return new PrintedWord("grace_period", "", stmt.quiescence().function() + "();");
    }

    @Override
    public PrintedWord sendNmi(CpuStmt.SendNmi stmt) {
        return new PrintedWord("send_nmi", "", "poke_send_nmi(" + of(stmt.cpu()) + ");");
    }

    @Override
    public PrintedWord setInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        return stmt.enabled()
                ? new PrintedWord("sti", "", "local_irq_enable();")
                : new PrintedWord("cli", "", "local_irq_disable();");
    }

    @Override
    public PrintedWord sti(CpuStmt.Sti stmt) {
        return new PrintedWord("sti", "", "poke_sti();");
    }

    @Override
    public PrintedWord eoi(CpuStmt.Eoi stmt) {
        return new PrintedWord("eoi", "", "poke_eoi();");
    }

    @Override
    public PrintedWord setPreemption(CpuStmt.SetPreemption stmt) {
        String word = stmt.enabled() ? "preempt_enable" : "preempt_disable";
        return new PrintedWord(word, "", word + "();");
    }

    // ---- text

    @Override
    public PrintedWord textPoke(TextStmt.TextPoke stmt) {
        TextStore store = stmt.store();
        String word = (store.isSingle() ? "poke_store" : "text_poke") + inPlace(store);
        String text = word + "(" + address(store.site(), store.offset()) + ", " + PrintedLines.quoted(store.data())
                + ", " + store.length() + ");" + version(store);
        return new PrintedWord("poke", Labelling.place(store.site(), store.offset()), text);
    }

    private static String inPlace(TextStore store) {
        return store.isInPlace() ? "_in_place" : "";
    }

    private static String address(Site site, int offset) {
        return "POKE_ADDR(" + site.index() + ")" + (offset == 0 ? "" : " + " + offset);
    }

    /** For readers: of which version the bytes are. */
    private static String version(TextStore store) {
        int from = store.offset();
        int to = from + store.length();
        for (int v = store.site().versions() - 1; v >= 0; v--) {
            if (Arrays.equals(store.data(), Arrays.copyOfRange(store.site().bytes(v), from, to))) {
                return " /* version " + v + " */";
            }
        }
        return "";
    }

    @Override
    public PrintedWord loadText(TextStmt.LoadText stmt) {
        StringBuilder text = new StringBuilder(to(stmt.to()))
                .append("poke_load_text(")
                .append(address(stmt.read().site(), stmt.read().offset()));
        for (int value = 0; value < stmt.read().values(); value++) {
            text.append(", ").append(PrintedLines.quoted(stmt.read().value(value)));
        }
        return new PrintedWord(
                "load_text", Labelling.place(stmt.read().site(), stmt.read().offset()), text + ");");
    }

    @Override
    public PrintedWord exchangeText(TextStmt.ExchangeText stmt) {
        TextStore store = stmt.desired();
        String text = to(stmt.success()) + "poke_cmpxchg_text" + inPlace(store) + "("
                + address(store.site(), store.offset()) + ", "
                + PrintedLines.quoted(stmt.expected().value(0)) + ", " + PrintedLines.quoted(store.data()) + ");";
        return new PrintedWord("cmpxchg_text", Labelling.place(store.site(), store.offset()), text);
    }

    @Override
    public PrintedWord execute(TextStmt.Execute stmt) {
        String text = stmt.entry() == 0
                ? "poke_execute(" + stmt.site().index() + ");"
                : "poke_execute_at(" + address(stmt.site(), stmt.entry()) + ");";
        return new PrintedWord("execute", Labelling.place(stmt.site(), stmt.entry()), to(stmt.version()) + text);
    }

    @Override
    public PrintedWord patchMark(TextStmt.PatchMark stmt) {
        String moment = switch (stmt.moment()) {
            case BEGINS -> "begin";
            case RETURNS -> "end";
            case ABORTS -> "abort";
        };
        String text = "poke_" + moment + "_version(" + stmt.site().index() + ", " + stmt.version() + ");";
        return new PrintedWord(moment + stmt.version(), stmt.site().name(), text);
    }

    @Override
    public PrintedWord foreignInt3(TextStmt.ForeignInt3 stmt) {
        return new PrintedWord("int3", "", "poke_foreign_int3();");
    }

    @Override
    public PrintedWord unhandled(TextStmt.Unhandled stmt) {
        return new PrintedWord("not_ours", "", "poke_not_ours();");
    }

    @Override
    public PrintedWord setSavedAddress(TextStmt.SetSavedAddress stmt) {
        return PrintedWord.unnamed("regs->ip = " + of(stmt.place()) + ";");
    }

    @Override
    public PrintedWord pushReturn(TextStmt.PushReturn stmt) {
        String word = stmt.gap() ? "poke_push_return" : "poke_push_return_without_gap";
        return PrintedWord.unnamed(word + "(regs, " + of(stmt.place()) + ");");
    }

    @Override
    public PrintedWord emulate(TextStmt.Emulate stmt) {
        Site site = stmt.site();
        String insn = Printer.att(site.bytes(stmt.version()), 0, site.length(), site.address());
        String text = (stmt.gap() ? "poke_emulate" : "poke_emulate_without_gap") + "(regs, " + site.index() + ", "
                + stmt.version() + "); /* " + insn + " */";
        return new PrintedWord("emulate", site.name(), text);
    }
}
