// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.TextStore;
import java.util.List;

/** What each statement does, to the top context of a {@link TreeWalk}. */
final class TreeStatements implements Stmt.Visitor<Outcome> {
    private final TreeWalk cpu;
    private final Program program;
    private final SharedWords words;
    private final List<CodeMemory> text;
    private final Values values;

    TreeStatements(TreeWalk cpu, Program program, SharedWords words, List<CodeMemory> text) {
        this.cpu = cpu;
        this.program = program;
        this.words = words;
        this.text = text;
        values = new Values(cpu, program, words);
    }

    // ---- statements on shared data

    private TreeContext top() {
        return cpu.top();
    }

    private int word(Shared.Cell cell) {
        return values.word(cell.var(), cell.index());
    }

    private Outcome next() {
        top().advance();
        return Outcome.RAN;
    }

    private void check(Var var, int value) {
        if (!var.holds(value)) {
            throw new Mishap(Property.BUG, var.name() + " = " + value + " is out of its range");
        }
    }

    private void assignLocal(Local local, int value) {
        if (!top().assign(local, value)) {
            throw new Mishap(Property.BUG, local.name() + " = " + value + " is out of its range");
        }
    }

    private static Outcome kind(Stmt stmt) {
        return stmt.label().isEmpty() ? Outcome.LOCAL : Outcome.RAN;
    }

    @Override
    public Outcome assign(DataStmt.Assign stmt) {
        assignLocal(stmt.to(), values.of(stmt.value()));
        next();
        return kind(stmt);
    }

    @Override
    public Outcome store(DataStmt.Store stmt) {
        int value = values.of(stmt.value());
        check(stmt.to().var(), value);
        words.store(word(stmt.to()), value);
        cpu.signals.changed();
        return next();
    }

    @Override
    public Outcome rmw(DataStmt.Rmw stmt) {
        int operand = values.of(stmt.operand());
        int old = words.update(word(stmt.cell()), stmt.op(), operand);
        check(stmt.cell().var(), stmt.op().apply(old, operand));
        cpu.signals.changed();
        stmt.old().ifPresent(local -> assignLocal(local, old));
        return next();
    }

    private boolean exchange(Shared.Cell cell, int expected, int desired) {
        check(cell.var(), desired);
        boolean success = words.compareAndSet(word(cell), expected, desired);
        if (success) {
            cpu.signals.changed();
        }
        return success;
    }

    @Override
    public Outcome compareExchange(DataStmt.CompareExchange stmt) {
        boolean success = exchange(stmt.cell(), values.of(stmt.expected()), values.of(stmt.desired()));
        assignLocal(stmt.success(), success ? 1 : 0);
        return next();
    }

    @Override
    public Outcome compareSwap(DataStmt.CompareSwap stmt) {
        int expected = values.of(stmt.expected());
        int desired = values.of(stmt.desired());
        check(stmt.cell().var(), desired);
        int old = words.compareAndExchange(word(stmt.cell()), expected, desired);
        if (old == expected) {
            cpu.signals.changed();
        }
        assignLocal(stmt.old(), old);
        return next();
    }

    @Override
    public Outcome awaitExchange(DataStmt.AwaitExchange stmt) {
        return exchange(stmt.cell(), values.of(stmt.expected()), values.of(stmt.desired())) ? next() : Outcome.BLOCKED;
    }

    @Override
    public Outcome await(DataStmt.Await stmt) {
        return values.isTrue(stmt.condition()) ? next() : Outcome.BLOCKED;
    }

    /** The second load goes back if neither condition holds. */
    @Override
    public Outcome awaitBoth(DataStmt.AwaitBoth stmt) {
        TreeContext context = top();
        boolean first = values.isTrue(stmt.first());
        if (context.progress == 0) {
            context.progress = first ? 1 : 0;
            return first ? Outcome.RAN : Outcome.BLOCKED;
        }
        boolean second = values.isTrue(stmt.second());
        if (first && !second) {
            return Outcome.BLOCKED;
        }
        context.progress = 0;
        return second ? next() : Outcome.RAN;
    }

    @Override
    public Outcome awaitOrTimeout(DataStmt.AwaitOrTimeout stmt) {
        throw new IllegalStateException("Program has let a timeout pass");
    }

    @Override
    public Outcome fence(DataStmt.Fence stmt) {
        return local();
    }

    // ---- control

    @Override
    public Outcome choose(ControlStmt.Choose stmt) {
        throw new IllegalStateException("Program has let a choice pass");
    }

    @Override
    public Outcome branch(ControlStmt.If stmt) {
        List<Stmt> taken = values.isTrue(stmt.condition()) ? stmt.then() : stmt.otherwise();
        next();
        top().enter(taken, stmt);
        return kind(stmt);
    }

    @Override
    public Outcome loop(ControlStmt.While stmt) {
        boolean enters = values.isTrue(stmt.condition());
        next();
        if (enters) {
            top().enter(stmt.body(), stmt);
        }
        return Outcome.LOCAL;
    }

    @Override
    public Outcome call(ControlStmt.Call stmt) {
        next();
        top().enter(stmt.body(), stmt);
        return Outcome.LOCAL;
    }

    @Override
    public Outcome leave(ControlStmt.Return stmt) {
        top().leaveFunction();
        return Outcome.LOCAL;
    }

    @Override
    public Outcome block(ControlStmt.Block stmt) {
        next();
        top().enter(stmt.body(), stmt);
        return Outcome.LOCAL;
    }

    @Override
    public Outcome leave(ControlStmt.Leave stmt) {
        top().leaveNamed(stmt.block());
        return Outcome.LOCAL;
    }

    private Outcome local() {
        next();
        return Outcome.LOCAL;
    }

    @Override
    public Outcome note(ControlStmt.Note stmt) {
        return local();
    }

    @Override
    public Outcome ghostStore(DataStmt.GhostStore stmt) {
        throw new IllegalStateException("threads refuse ghost variables");
    }

    @Override
    public Outcome suspend(ContextStmt.Suspend stmt) {
        throw new IllegalStateException("threads refuse suspended threads");
    }

    @Override
    public Outcome readContext(ContextStmt.ReadContext stmt) {
        throw new IllegalStateException("threads refuse suspended threads");
    }

    @Override
    public Outcome setContext(ContextStmt.SetContext stmt) {
        throw new IllegalStateException("threads refuse suspended threads");
    }

    @Override
    public Outcome resume(ContextStmt.Resume stmt) {
        throw new IllegalStateException("threads refuse suspended threads");
    }

    @Override
    public Outcome goOffline(ContextStmt.GoOffline stmt) {
        throw new IllegalStateException("threads refuse CPUs that go offline");
    }

    @Override
    public Outcome bringOnline(ContextStmt.BringOnline stmt) {
        throw new IllegalStateException("threads refuse CPUs that go offline");
    }

    @Override
    public Outcome callCpus(CpuStmt.CallCpus stmt) {
        throw new IllegalStateException("threads refuse functions on other CPUs");
    }

    @Override
    public Outcome ensure(ControlStmt.Ensure stmt) {
        throw new IllegalStateException("threads refuse postconditions");
    }

    @Override
    public Outcome pathBegin(ControlStmt.PathBegin stmt) {
        return local();
    }

    @Override
    public Outcome rest(ControlStmt.Rest stmt) {
        return local();
    }

    @Override
    public Outcome bugOn(ControlStmt.BugOn stmt) {
        if (values.isTrue(stmt.condition())) {
            throw new Mishap(Property.BUG, stmt.message());
        }
        next();
        return kind(stmt);
    }

    @Override
    public Outcome objectLife(DataStmt.ObjectLife stmt) {
        boolean dead = words.load(program.alive(stmt.object())) == 0;
        words.store(program.alive(stmt.object()), stmt.begin() ? 1 : 0);
        if (dead && !stmt.begin()) {
            throw new Mishap(Property.DEAD_OBJECT, stmt.name() + " is dead already");
        }
        cpu.signals.changed();
        return next();
    }

    @Override
    public Outcome patchMark(TextStmt.PatchMark stmt) {
        cpu.operation.mark(stmt.version(), stmt.moment() == TextStmt.PatchMark.Moment.RETURNS);
        return local();
    }

    // ---- statements on text and on other CPUs

    @Override
    public Outcome textPoke(TextStmt.TextPoke stmt) {
        TreeContext context = top();
        TextStore store = stmt.store();
        boolean all = text.get(store.site().index()).store(store, context.progress);
        cpu.signals.changed();
        if (!all) {
            context.progress++;
            return Outcome.RAN;
        }
        return next();
    }

    @Override
    public Outcome loadText(TextStmt.LoadText stmt) {
        assignLocal(
                stmt.to(),
                stmt.read().match(text.get(stmt.read().site().index()).read()));
        return next();
    }

    @Override
    public Outcome exchangeText(TextStmt.ExchangeText stmt) {
        TextStore store = stmt.desired();
        boolean success = text.get(store.site().index()).exchange(stmt.expected(), store);
        assignLocal(stmt.success(), success ? 1 : 0);
        cpu.signals.changed();
        return next();
    }

    @Override
    public Outcome serialize(CpuStmt.Serialize stmt) {
        cpu.sites.serialize(stmt.sync());
        return local();
    }

    @Override
    public Outcome syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        TreeContext context = top();
        if (context.progress == 0) {
            cpu.sites.serialize(stmt.sync());
            cpu.signals.requestSync(cpu.number());
            context.progress = 1;
            return Outcome.RAN;
        }
        return cpu.signals.allSynced(cpu.number()) ? next() : Outcome.BLOCKED;
    }

    @Override
    public Outcome sendNmi(CpuStmt.SendNmi stmt) {
        int target = values.of(stmt.cpu());
        if (target < 0 || target >= program.cpus()) {
            throw new Mishap(Property.BUG, "an NMI to CPU " + target);
        }
        cpu.signals.sendNmi(target);
        return next();
    }

    @Override
    public Outcome setInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        cpu.interrupts = stmt.enabled();
        return local();
    }

    @Override
    public Outcome sti(CpuStmt.Sti stmt) {
        throw new IllegalStateException("Program has let the shadow of STI pass");
    }

    @Override
    public Outcome eoi(CpuStmt.Eoi stmt) {
        throw new IllegalStateException("Program has let an interrupt in service pass");
    }

    @Override
    public Outcome setPreemption(CpuStmt.SetPreemption stmt) {
        cpu.preemption = stmt.enabled();
        return local();
    }

    /** A site in a handler. */
    @Override
    public Outcome execute(TextStmt.Execute stmt) {
        top().execution = new Execution(stmt.site());
        return Outcome.LOCAL;
    }

    // ---- statements of breakpoint handlers

    @Override
    public Outcome setSavedAddress(TextStmt.SetSavedAddress stmt) {
        cpu.sites.setSavedAddress(cpu.below(), values.of(stmt.place()));
        return local();
    }

    @Override
    public Outcome pushReturn(TextStmt.PushReturn stmt) {
        cpu.sites.pushReturn(cpu.below(), values.of(stmt.place()), stmt.gap());
        return local();
    }

    @Override
    public Outcome emulate(TextStmt.Emulate stmt) {
        if (top().kind != ContextKind.BP) {
            throw new Mishap(Property.BUG, "emulation outside a breakpoint handler");
        }
        cpu.sites.emulate(cpu.below(), stmt.site(), stmt.version(), stmt.gap());
        return local();
    }

    @Override
    public Outcome foreignInt3(TextStmt.ForeignInt3 stmt) {
        throw new IllegalStateException("Program has let a breakpoint of somebody else pass");
    }

    @Override
    public Outcome gracePeriod(CpuStmt.GracePeriod stmt) {
        throw new IllegalStateException("Program has let a grace period pass");
    }

    @Override
    public Outcome unhandled(TextStmt.Unhandled stmt) {
        throw new Mishap(Property.UNHANDLED_INT3, "no handler claims the breakpoint");
    }

    // ---- stop_machine

    /** A list of statements is through. */
    Outcome endBlock(TreeContext context, TreeContext.Block block) {
        if (block.owner instanceof ControlStmt.While loop && values.isTrue(loop.condition())) {
            block.next = 0;
            return Outcome.LOCAL;
        }
        if (block.owner instanceof CpuStmt.StopMachine) {
            return leaveStop(context);
        }
        context.leaveBlock();
        return Outcome.LOCAL;
    }

    @Override
    public Outcome stopMachine(CpuStmt.StopMachine stmt) {
        TreeContext context = top();
        switch (context.progress) {
            case 0 -> {
                if (!cpu.signals.begin(cpu.number())) {
                    return Outcome.BLOCKED;
                }
                context.progress = 1;
            }
            default -> {
                if (!cpu.signals.others(cpu.number(), Signals.ARRIVED)) {
                    return Outcome.BLOCKED;
                }
                context.interruptsBeforeStop = cpu.interrupts;
                cpu.interrupts = false;
                cpu.signals.run(cpu.numberOf(stmt));
                context.advance();
                context.enter(stmt.here(), stmt);
            }
        }
        return Outcome.RAN;
    }

    /** The caller's own function is through. */
    private Outcome leaveStop(TreeContext context) {
        if (context.progress == 0) {
            if (!cpu.signals.others(cpu.number(), Signals.THROUGH)) {
                return Outcome.BLOCKED;
            }
            cpu.interrupts = context.interruptsBeforeStop;
            cpu.signals.stage(Signals.LEAVING);
            context.progress = 1;
        } else {
            if (!cpu.signals.others(cpu.number(), Signals.ABSENT)) {
                return Outcome.BLOCKED;
            }
            cpu.signals.stage(Signals.NOT_STOPPING);
            context.progress = 0;
            context.leaveBlock();
        }
        return Outcome.RAN;
    }
}
