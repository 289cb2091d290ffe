// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.dump;

import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes statements in the form of the package. */
final class StatementDump implements Stmt.Visitor<Void> {
    private final StringBuilder out = new StringBuilder();
    private final boolean labelled;

    /**
     * @param labelled whether labels are written
     */
    StatementDump(boolean labelled) {
        this.labelled = labelled;
    }

    /** All that was written. */
    String text() {
        return out.toString();
    }

    /** Writes a line. */
    void line(String... words) {
        out.append(String.join(" ", words)).append('\n');
    }

    /** Writes a routine. */
    void routine(String kind, Routine routine) {
        line(kind, Dump.string(routine.name()));
        body(routine.body());
    }

    private void body(List<Stmt> statements) {
        line("{");
        statements.forEach(statement -> statement.accept(this));
        line("}");
    }

    private Void step(Stmt stmt, String kind, String... parts) {
        String label = labelled ? " " + Dump.string(stmt.label()) : "";
        return plain(kind + label, parts);
    }

    private Void plain(String kind, String... parts) {
        line(parts.length == 0 ? kind : kind + " " + String.join(" ", parts));
        return null;
    }

    private static String bytes(TextStore store) {
        return String.join(
                " ",
                Dump.site(store.site()),
                Dump.number(store.offset()),
                hex(store.data()),
                Dump.flag(store.isSingle()),
                Dump.flag(store.isInPlace()));
    }

    private static String bytes(TextRead read) {
        String values = IntStream.range(0, read.values())
                .mapToObj(i -> hex(read.value(i)))
                .collect(Collectors.joining(","));
        return String.join(" ", Dump.site(read.site()), Dump.number(read.offset()), values);
    }

    private static String hex(byte... bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Void assign(DataStmt.Assign stmt) {
        return step(stmt, "assign", ExpressionDump.of(stmt.to()), ExpressionDump.of(stmt.value()));
    }

    @Override
    public Void store(DataStmt.Store stmt) {
        return step(
                stmt,
                "store",
                ExpressionDump.of(stmt.to()),
                ExpressionDump.of(stmt.value()),
                Dump.flag(stmt.release()));
    }

    @Override
    public Void rmw(DataStmt.Rmw stmt) {
        return step(
                stmt,
                "rmw",
                ExpressionDump.of(stmt.cell()),
                Dump.word(stmt.op()),
                ExpressionDump.of(stmt.operand()),
                Dump.optional(stmt.old().map(ExpressionDump::of)));
    }

    @Override
    public Void compareExchange(DataStmt.CompareExchange stmt) {
        return step(
                stmt,
                "compare-exchange",
                ExpressionDump.of(stmt.cell()),
                ExpressionDump.of(stmt.expected()),
                ExpressionDump.of(stmt.desired()),
                ExpressionDump.of(stmt.success()));
    }

    @Override
    public Void compareSwap(DataStmt.CompareSwap stmt) {
        return step(
                stmt,
                "compare-swap",
                ExpressionDump.of(stmt.cell()),
                ExpressionDump.of(stmt.expected()),
                ExpressionDump.of(stmt.desired()),
                ExpressionDump.of(stmt.old()));
    }

    @Override
    public Void fence(DataStmt.Fence stmt) {
        return step(stmt, "fence");
    }

    @Override
    public Void await(DataStmt.Await stmt) {
        return step(stmt, "await", ExpressionDump.of(stmt.condition()));
    }

    @Override
    public Void awaitBoth(DataStmt.AwaitBoth stmt) {
        return step(stmt, "await-both", ExpressionDump.of(stmt.first()), ExpressionDump.of(stmt.second()));
    }

    @Override
    public Void awaitOrTimeout(DataStmt.AwaitOrTimeout stmt) {
        return step(stmt, "await-or-timeout", ExpressionDump.of(stmt.condition()), ExpressionDump.of(stmt.timedOut()));
    }

    @Override
    public Void awaitExchange(DataStmt.AwaitExchange stmt) {
        return step(
                stmt,
                "await-exchange",
                ExpressionDump.of(stmt.cell()),
                ExpressionDump.of(stmt.expected()),
                ExpressionDump.of(stmt.desired()));
    }

    @Override
    public Void objectLife(DataStmt.ObjectLife stmt) {
        return step(stmt, "object-life", Dump.object(stmt.object()), Dump.flag(stmt.begin()));
    }

    @Override
    public Void ghostStore(DataStmt.GhostStore stmt) {
        return step(stmt, "ghost-store", Dump.variable(stmt.ghost()), ExpressionDump.of(stmt.value()));
    }

    @Override
    public Void note(ControlStmt.Note stmt) {
        return null;
    }

    @Override
    public Void branch(ControlStmt.If stmt) {
        step(stmt, "if", ExpressionDump.of(stmt.condition()));
        body(stmt.then());
        body(stmt.otherwise());
        return null;
    }

    @Override
    public Void loop(ControlStmt.While stmt) {
        step(stmt, "while", ExpressionDump.of(stmt.condition()));
        body(stmt.body());
        return null;
    }

    @Override
    public Void choose(ControlStmt.Choose stmt) {
        return step(stmt, "choose", Dump.number(stmt.ways()), ExpressionDump.of(stmt.to()));
    }

    @Override
    public Void call(ControlStmt.Call stmt) {
        step(stmt, "call");
        body(stmt.body());
        return null;
    }

    @Override
    public Void leave(ControlStmt.Return stmt) {
        return plain("return");
    }

    @Override
    public Void block(ControlStmt.Block stmt) {
        plain("block", Dump.string(stmt.name()));
        body(stmt.body());
        return null;
    }

    @Override
    public Void leave(ControlStmt.Leave stmt) {
        return plain("leave", Dump.string(stmt.block()));
    }

    @Override
    public Void bugOn(ControlStmt.BugOn stmt) {
        return step(stmt, "bug-on", ExpressionDump.of(stmt.condition()));
    }

    @Override
    public Void ensure(ControlStmt.Ensure stmt) {
        return step(stmt, "ensure", ExpressionDump.of(stmt.condition()));
    }

    @Override
    public Void pathBegin(ControlStmt.PathBegin stmt) {
        return plain("path-begin");
    }

    @Override
    public Void rest(ControlStmt.Rest stmt) {
        return plain("rest");
    }

    @Override
    public Void serialize(CpuStmt.Serialize stmt) {
        return step(stmt, "serialize", Dump.word(stmt.sync()));
    }

    @Override
    public Void syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        return step(
                stmt,
                "sync-each-cpu",
                Dump.word(stmt.sync()),
                Dump.flag(stmt.switchesTask()),
                Dump.flag(stmt.fenced()));
    }

    @Override
    public Void gracePeriod(CpuStmt.GracePeriod stmt) {
        return step(stmt, "grace-period", Dump.word(stmt.quiescence()));
    }

    @Override
    public Void sendNmi(CpuStmt.SendNmi stmt) {
        return step(stmt, "send-nmi", ExpressionDump.of(stmt.cpu()));
    }

    @Override
    public Void setInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        return step(stmt, "set-interrupt-flag", Dump.flag(stmt.enabled()));
    }

    @Override
    public Void sti(CpuStmt.Sti stmt) {
        return step(stmt, "sti");
    }

    @Override
    public Void eoi(CpuStmt.Eoi stmt) {
        return step(stmt, "eoi");
    }

    @Override
    public Void setPreemption(CpuStmt.SetPreemption stmt) {
        return step(stmt, "set-preemption", Dump.flag(stmt.enabled()));
    }

    @Override
    public Void callCpus(CpuStmt.CallCpus stmt) {
        step(
                stmt,
                "call-cpus",
                Dump.flag(stmt.target().isHere()),
                Dump.optional(stmt.target().others().map(ExpressionDump::of)),
                Dump.flag(stmt.waits()));
        body(stmt.here());
        routine("elsewhere", stmt.elsewhere());
        return null;
    }

    @Override
    public Void stopMachine(CpuStmt.StopMachine stmt) {
        step(stmt, "stop-machine");
        body(stmt.here());
        routine("elsewhere", stmt.elsewhere());
        return null;
    }

    @Override
    public Void textPoke(TextStmt.TextPoke stmt) {
        return step(stmt, "text-poke", bytes(stmt.store()));
    }

    @Override
    public Void loadText(TextStmt.LoadText stmt) {
        return step(stmt, "load-text", ExpressionDump.of(stmt.to()), bytes(stmt.read()));
    }

    @Override
    public Void exchangeText(TextStmt.ExchangeText stmt) {
        return step(
                stmt,
                "exchange-text",
                bytes(stmt.expected()),
                bytes(stmt.desired()),
                ExpressionDump.of(stmt.success()));
    }

    @Override
    public Void execute(TextStmt.Execute stmt) {
        return step(
                stmt,
                "execute",
                Dump.site(stmt.site()),
                Dump.number(stmt.entry()),
                Dump.optional(stmt.version().map(ExpressionDump::of)));
    }

    @Override
    public Void patchMark(TextStmt.PatchMark stmt) {
        return step(stmt, "patch-mark", Dump.site(stmt.site()), Dump.number(stmt.version()), Dump.word(stmt.moment()));
    }

    @Override
    public Void foreignInt3(TextStmt.ForeignInt3 stmt) {
        return step(stmt, "foreign-int3");
    }

    @Override
    public Void unhandled(TextStmt.Unhandled stmt) {
        return step(stmt, "unhandled");
    }

    @Override
    public Void setSavedAddress(TextStmt.SetSavedAddress stmt) {
        return plain("set-saved-address", ExpressionDump.of(stmt.place()));
    }

    @Override
    public Void pushReturn(TextStmt.PushReturn stmt) {
        return plain("push-return", ExpressionDump.of(stmt.place()), Dump.flag(stmt.gap()));
    }

    @Override
    public Void emulate(TextStmt.Emulate stmt) {
        return step(stmt, "emulate", Dump.site(stmt.site()), Dump.number(stmt.version()), Dump.flag(stmt.gap()));
    }

    @Override
    public Void suspend(ContextStmt.Suspend stmt) {
        return step(stmt, "suspend", ExpressionDump.of(stmt.cpu()));
    }

    @Override
    public Void readContext(ContextStmt.ReadContext stmt) {
        return step(stmt, "read-context", ExpressionDump.of(stmt.to()), ExpressionDump.of(stmt.cpu()));
    }

    @Override
    public Void setContext(ContextStmt.SetContext stmt) {
        return step(stmt, "set-context", ExpressionDump.of(stmt.cpu()), ExpressionDump.of(stmt.place()));
    }

    @Override
    public Void resume(ContextStmt.Resume stmt) {
        return step(stmt, "resume", ExpressionDump.of(stmt.cpu()));
    }

    @Override
    public Void goOffline(ContextStmt.GoOffline stmt) {
        return step(stmt, "go-offline");
    }

    @Override
    public Void bringOnline(ContextStmt.BringOnline stmt) {
        return step(stmt, "bring-online", ExpressionDump.of(stmt.cpu()));
    }
}
