// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.SharedReads;
import dev.pokecheck.protocol.Stmt;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a statement touches: local variables and the saved address of the context below, which nobody else can see before this context ends,
 * whether it touches anything beyond them, and whether anybody can notice that.
 */
final class Touches implements Stmt.Visitor<Touches> {
    private final Set<Integer> reads = new TreeSet<>();
    private final Set<Integer> writes = new TreeSet<>();
    private boolean others;
    private boolean noticed;
    private boolean ends;

    private Touches() {}

    /** What a statement touches, with all statements inside it. */
    static Touches of(Stmt statement) {
        return statement.accept(new Touches());
    }

    /** Whether it writes a local variable. */
    boolean writes(Local local) {
        return writes.contains(local.id());
    }

    /**
     * Whether two statements that follow each other can change places without a difference: one of them touches only its own context, and
     * neither reads or writes what the other writes. If one of them can end the run or the handler, nobody may notice whether the other was
     * executed: it is local, or a plain load.
     */
    static boolean commute(Stmt first, Stmt second) {
        Touches a = of(first);
        Touches b = of(second);
        return !(a.others && b.others)
                && !(a.ends && (b.noticed || b.ends))
                && !(b.ends && a.noticed)
                && Collections.disjoint(a.writes, b.reads)
                && Collections.disjoint(a.writes, b.writes)
                && Collections.disjoint(a.reads, b.writes);
    }

    private Touches reading(Expr... expressions) {
        for (Expr expression : expressions) {
            reads.addAll(expression.accept(LocalReads.OF));
            others |= expression.accept(SharedReads.COUNT) > 0;
        }
        return this;
    }

    private Touches writing(int local) {
        writes.add(local);
        return this;
    }

    private Touches others() {
        others = true;
        noticed = true;
        return this;
    }

    private Touches ends() {
        ends = true;
        return this;
    }

    /** Whether an expression is a variable whose access cannot fail: no element of an array, no field of an object that may be dead. */
    private static boolean isPlainLoad(Expr value) {
        return value instanceof Expr.Read read
                && read.cell().var().object() < 0
                && read.cell().index() instanceof Expr.Const;
    }

    private Touches all(List<Stmt> statements) {
        statements.forEach(statement -> statement.accept(this));
        return this;
    }

    @Override
    public Touches note(Stmt.Note stmt) {
        return this;
    }

    @Override
    public Touches assign(Stmt.Assign stmt) {
        reading(stmt.value()).writing(stmt.to().id());
        return !others || isPlainLoad(stmt.value()) ? this : others();
    }

    @Override
    public Touches store(Stmt.Store stmt) {
        return reading(stmt.to().index(), stmt.value()).others();
    }

    @Override
    public Touches rmw(Stmt.Rmw stmt) {
        stmt.old().ifPresent(old -> writing(old.id()));
        return reading(stmt.cell().index(), stmt.operand()).others();
    }

    @Override
    public Touches compareExchange(Stmt.CompareExchange stmt) {
        return reading(stmt.cell().index(), stmt.expected(), stmt.desired())
                .writing(stmt.success().id())
                .others();
    }

    @Override
    public Touches fence(Stmt.Fence stmt) {
        return others();
    }

    @Override
    public Touches await(Stmt.Await stmt) {
        return reading(stmt.condition()).others();
    }

    @Override
    public Touches awaitExchange(Stmt.AwaitExchange stmt) {
        return reading(stmt.cell().index(), stmt.expected(), stmt.desired()).others();
    }

    @Override
    public Touches branch(Stmt.If stmt) {
        return reading(stmt.condition()).all(stmt.then()).all(stmt.otherwise());
    }

    /** A loop may never end, so that what stands behind it must not come before it. */
    @Override
    public Touches loop(Stmt.While stmt) {
        return reading(stmt.condition()).all(stmt.body()).others().ends();
    }

    @Override
    public Touches call(Stmt.Call stmt) {
        return all(stmt.body());
    }

    /** What comes behind a return may read what the other statement writes. */
    @Override
    public Touches leave(Stmt.Return stmt) {
        return others().ends();
    }

    @Override
    public Touches textPoke(Stmt.TextPoke stmt) {
        return others();
    }

    @Override
    public Touches serialize(Stmt.Serialize stmt) {
        return others();
    }

    @Override
    public Touches syncEachCpu(Stmt.SyncEachCpu stmt) {
        return others();
    }

    @Override
    public Touches gracePeriod(Stmt.GracePeriod stmt) {
        return others();
    }

    @Override
    public Touches sendNmi(Stmt.SendNmi stmt) {
        return reading(stmt.cpu()).others();
    }

    @Override
    public Touches setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        return others();
    }

    @Override
    public Touches setPreemption(Stmt.SetPreemption stmt) {
        return others();
    }

    @Override
    public Touches stopMachine(Stmt.StopMachine stmt) {
        return others().ends();
    }

    @Override
    public Touches execute(Stmt.Execute stmt) {
        stmt.version().ifPresent(version -> writing(version.id()));
        return others();
    }

    @Override
    public Touches foreignInt3(Stmt.ForeignInt3 stmt) {
        return others();
    }

    @Override
    public Touches bugOn(Stmt.BugOn stmt) {
        return reading(stmt.condition()).ends();
    }

    @Override
    public Touches patchMark(Stmt.PatchMark stmt) {
        return others();
    }

    @Override
    public Touches unhandled(Stmt.Unhandled stmt) {
        return ends();
    }

    @Override
    public Touches setSavedAddress(Stmt.SetSavedAddress stmt) {
        return reading(stmt.place()).writing(LocalReads.SAVED_ADDRESS);
    }

    @Override
    public Touches emulate(Stmt.Emulate stmt) {
        return reading(Expr.savedAddress()).writing(LocalReads.SAVED_ADDRESS);
    }

    @Override
    public Touches objectLife(Stmt.ObjectLife stmt) {
        return others();
    }

    @Override
    public Touches pathBegin(Stmt.PathBegin stmt) {
        return others();
    }

    @Override
    public Touches rest(Stmt.Rest stmt) {
        return others();
    }
}
