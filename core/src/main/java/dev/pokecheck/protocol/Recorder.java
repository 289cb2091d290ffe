// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Records the statements of one routine. Its methods are named after what the statements do; nothing is executed.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a statement that breaks a rule of the package: a label used twice, a
 * second shared access in one statement.
 */
public final class Recorder extends TextRecorder {
    private final int widestStore;
    /** Told of every statement, and of the routine it stands in. */
    private final BiConsumer<String, Stmt> recorded;

    private final List<Stmt> body = new ArrayList<>();
    private final List<Local> locals = new ArrayList<>();
    private final StatementCheck check;
    private final OpenBlocks openBlocks;
    private List<Stmt> open = body;

    /**
     * @param interrupts whether the routine runs on top of another context
     * @param widestStore the bytes of the widest store that the machine has
     */
    Recorder(String name, boolean interrupts, int widestStore, BiConsumer<String, Stmt> recorded) {
        super(name, widestStore);
        this.widestStore = widestStore;
        this.recorded = recorded;
        check = new StatementCheck(name, interrupts, locals);
        openBlocks = new OpenBlocks(name);
    }

    /** Declares a local variable with values min..max. */
    public Local local(String localName, int min, int max) {
        Local local = new Local(locals.size(), localName, min, max);
        locals.add(local);
        return local;
    }

    /** A comment. */
    public void note(String text) {
        add(new ControlStmt.Note(text));
    }

    /** {@code to = value} without a shared access. */
    public void assign(Local to, Expr value) {
        checkAccesses("assign " + to.name(), 0, value);
        add(new DataStmt.Assign("", to, value));
    }

    /** {@code to = cell}. */
    public void load(String label, Local to, Shared.Cell cell) {
        checkAccesses(label, 1, cell.value());
        add(new DataStmt.Assign(label(label), to, cell.value()));
    }

    /** {@code to = variable}. */
    public void load(String label, Local to, Shared variable) {
        load(label, to, variable.cell());
    }

    /** A plain store. */
    public void store(String label, Shared.Cell to, Expr value) {
        checkAccesses(label, 0, value, to.index());
        add(new DataStmt.Store(label(label), to, value, false));
    }

    /** A plain store. */
    public void store(String label, Shared to, Expr value) {
        store(label, to.cell(), value);
    }

    /** A store with release semantics: {@code smp_store_release}. */
    public void storeRelease(String label, Shared.Cell to, Expr value) {
        checkAccesses(label, 0, value, to.index());
        add(new DataStmt.Store(label(label), to, value, true));
    }

    /** A store with release semantics. */
    public void storeRelease(String label, Shared to, Expr value) {
        storeRelease(label, to.cell(), value);
    }

    /** A locked read-modify-write whose old value is not used. */
    public void rmw(String label, Shared.Cell cell, RmwOp op, Expr operand) {
        checkAccesses(label, 0, operand, cell.index());
        add(new DataStmt.Rmw(label(label), cell, op, operand, Optional.empty()));
    }

    /** A locked read-modify-write that returns the old value. */
    public void rmw(String label, Shared.Cell cell, RmwOp op, Expr operand, Local old) {
        checkAccesses(label, 0, operand, cell.index());
        add(new DataStmt.Rmw(label(label), cell, op, operand, Optional.of(old)));
    }

    /** A locked compare-and-exchange; {@code success} becomes 1 if it wrote. */
    public void compareExchange(String label, Shared.Cell cell, Expr expected, Expr desired, Local success) {
        checkAccesses(label, 0, expected, desired, cell.index());
        add(new DataStmt.CompareExchange(label(label), cell, expected, desired, success));
    }

    /** A locked compare-and-exchange; {@code old} becomes what was there. */
    public void compareSwap(String label, Shared.Cell cell, Expr expected, Expr desired, Local old) {
        checkAccesses(label, 0, expected, desired, cell.index());
        add(new DataStmt.CompareSwap(label(label), cell, expected, desired, old));
    }

    /** A full memory fence. */
    public void fence(String label) {
        add(new DataStmt.Fence(label(label)));
    }

    /** Spins until a condition on one shared variable holds. */
    public void await(String label, Expr condition) {
        if (Uses.of(condition).sharedReads() > 1) {
            throw new IllegalArgumentException(
                    name + ": " + label + " awaits a condition on several shared variables, and each is a"
                            + " load of its own; use awaitBoth for two that must hold, or write the loop out");
        }
        checkAccesses(label, 1, condition);
        add(new DataStmt.Await(label(label), condition));
    }

    /**
     * Spins until both of two conditions hold, each on one shared variable, which are loaded one after the other: {@code while (!(first && second))}.
     */
    public void awaitBoth(String label, Expr first, Expr second) {
        checkAccesses(label, 1, first);
        checkAccesses(label, 1, second);
        String full = label(label);
        label(label + ".and");
        add(new DataStmt.AwaitBoth(full, first, second));
    }

    /** Spins until a condition on one shared variable holds, or gives up at any time; {@code timedOut} becomes 1 if it did, else 0. */
    public void awaitOrTimeout(String label, Expr condition, Local timedOut) {
        checkAccesses(label, 1, condition);
        add(new DataStmt.AwaitOrTimeout(label(label), condition, timedOut));
    }

    /** Spins until a locked exchange of {@code expected} for {@code desired} succeeds. */
    public void awaitExchange(String label, Shared.Cell cell, Expr expected, Expr desired) {
        checkAccesses(label, 0, expected, desired, cell.index());
        add(new DataStmt.AwaitExchange(label(label), cell, expected, desired));
    }

    /** A branch on values of this context. */
    public void ifThen(Expr condition, Runnable then) {
        ifElse(condition, then, () -> {});
    }

    /** A branch on values of this context. */
    public void ifElse(Expr condition, Runnable then, Runnable otherwise) {
        checkAccesses("if", 0, condition);
        add(new ControlStmt.If("", condition, block(then), block(otherwise)));
    }

    /** A branch on a shared variable. */
    public void ifThen(String label, Expr condition, Runnable then) {
        ifElse(label, condition, then, () -> {});
    }

    /** A branch on a shared variable. */
    public void ifElse(String label, Expr condition, Runnable then, Runnable otherwise) {
        checkAccesses(label, 1, condition);
        String full = label(label);
        add(new ControlStmt.If(full, condition, block(then), block(otherwise)));
    }

    /** A loop on values of this context. */
    public void whileTrue(Expr condition, Runnable loop) {
        checkAccesses("while", 0, condition);
        add(new ControlStmt.While("", condition, block(loop)));
    }

    /** A loop without end; {@link #leave} leaves it together with the function it stands in. */
    public void forever(Runnable loop) {
        whileTrue(Expr.of(1), loop);
    }

    /** One of 0..{@code ways}-1, any of them: what the protocol does not decide. */
    public void choose(String label, int ways, Local to) {
        if (ways < 2 || to.min() > 0 || to.max() < ways - 1) {
            throw new IllegalArgumentException(name + ": " + label + " chooses among " + ways + " for " + to.name()
                    + ", which holds " + to.min() + ".." + to.max()
                    + "; choose among 2 at least, and declare it with 0.." + (Math.max(2, ways) - 1));
        }
        add(new ControlStmt.Choose(label(label), ways, to));
    }

    /** A function of the source, expanded in place; its labels get the prefix {@code label.}. */
    public void call(String label, String function, Runnable functionBody) {
        String full = label(label);
        labels.enter(label);
        List<Stmt> statements;
        try {
            statements = closedBlock(functionBody);
        } finally {
            labels.leave();
        }
        add(new ControlStmt.Call(full, function, statements));
    }

    /** Statements of which {@link #leave(String)} goes to the end. If none does, there is no block. */
    public void block(String blockName, Runnable statements) {
        openBlocks.enter(blockName);
        List<Stmt> inside;
        boolean isLeft;
        try {
            inside = block(statements);
        } finally {
            isLeft = openBlocks.leave();
        }
        if (isLeft) {
            add(new ControlStmt.Block(blockName, inside));
        } else {
            open.addAll(inside);
        }
    }

    /** Goes on behind a block of this function that is around this statement: {@code break}, {@code continue}, {@code goto} to a place further down. */
    public void leave(String blockName) {
        openBlocks.leaveTo(blockName);
        add(new ControlStmt.Leave(blockName));
    }

    /** Leaves the innermost function, or the routine. */
    public void leave() {
        add(new ControlStmt.Return());
    }

    /** {@code BUG_ON} of a condition on values of this context. */
    public void bugOn(Expr condition, String message) {
        checkAccesses("BUG_ON", 0, condition);
        add(new ControlStmt.BugOn("", condition, message));
    }

    /** {@code BUG_ON} of a condition on a shared variable. */
    public void bugOn(String label, Expr condition, String message) {
        checkAccesses(label, 1, condition);
        add(new ControlStmt.BugOn(label(label), condition, message));
    }

    /** Stores to a variable that only postconditions read; the value may read others like it. A step of its own, which no other step sees. */
    public void ghostStore(String label, Ghost ghost, Expr value) {
        checkAccesses(label, 0, value);
        add(new DataStmt.GhostStore(label(label), ghost.var(), value));
    }

    /** A named postcondition on values of this context, ghost variables, and which CPUs are in handlers or have serialized; {@code ensure} is violated where it fails. */
    public void ensure(String name, Expr condition) {
        checkAccesses(name, 0, condition);
        add(new ControlStmt.Ensure(label(name), condition));
    }

    /** An object comes to life. */
    public void begin(String label, ProtocolBuilder.Obj object) {
        add(new DataStmt.ObjectLife(label(label), object.id(), object.name(), true, object.allocated()));
    }

    /** An object dies. */
    public void end(String label, ProtocolBuilder.Obj object) {
        add(new DataStmt.ObjectLife(label(label), object.id(), object.name(), false, object.allocated()));
    }

    /** The executions from here to the next such mark are one path. */
    public void pathBegin() {
        add(new ControlStmt.PathBegin());
    }

    /** The thread owes nothing here. */
    public void rest() {
        add(new ControlStmt.Rest());
    }

    Routine finish() {
        return new Routine(name, body, locals);
    }

    @Override
    void add(Stmt statement) {
        check.check(statement);
        recorded.accept(name, statement);
        open.add(statement);
    }

    @Override
    List<Stmt> closedBlock(Runnable recording) {
        openBlocks.enterFunction();
        try {
            return block(recording);
        } finally {
            openBlocks.leave();
        }
    }

    private List<Stmt> block(Runnable recording) {
        List<Stmt> outer = open;
        List<Stmt> inner = new ArrayList<>();
        open = inner;
        try {
            recording.run();
        } finally {
            open = outer;
        }
        return List.copyOf(inner);
    }

    @Override
    Recorder self() {
        return this;
    }

    @Override
    Routine handler(String function, Consumer<Recorder> handlerBody) {
        Recorder handler = new Recorder(function, true, widestStore, recorded);
        handlerBody.accept(handler);
        return handler.finish();
    }

    @Override
    void checkEntry(String label, Site site, int entry) {
        check.entry(label, site, entry);
    }

    @Override
    void checkVersion(String label, Site site, int version) {
        check.version(label, site, version);
    }

    @Override
    void checkAccesses(String where, int allowed, Expr... expressions) {
        check.accesses(where, allowed, expressions);
    }
}
