// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Owing;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.List;

/**
 * The host of a CPU that threads run: what steps do, done to {@link SharedWords} and {@link CodeMemory}. All accesses are sequentially consistent, so
 * there is always room for a store, and nothing waits for a store buffer. A fault of the protocol is thrown as a {@link Mishap}.
 */
final class ThreadHost extends LimitedHost {
    private final ThreadCpu cpu;
    private final Program program;
    private final SharedWords words;
    private final Signals signals;
    private final List<CodeMemory> text;
    private final SiteRun sites;
    private final Operation operation;
    private final Values values;

    private Context context;
    private int next;
    private boolean seen;

    ThreadHost(
            ThreadCpu cpu,
            Program program,
            SharedWords words,
            Signals signals,
            List<CodeMemory> text,
            SiteRun sites,
            Operation operation) {
        this.cpu = cpu;
        this.program = program;
        this.words = words;
        this.signals = signals;
        this.text = text;
        this.sites = sites;
        this.operation = operation;
        values = new Values(cpu, program, words);
        context = new Context(ContextKind.NONE, false);
    }

    /** Says whose step the next calls are about. */
    void at(Context of) {
        context = of;
        next = of.pc + 1;
        seen = false;
    }

    /** The step at which control goes on. */
    int next() {
        return next;
    }

    /** Whether the step has touched anything that other CPUs share. */
    boolean wasSeen() {
        return seen;
    }

    /** The step has changed something that somebody may wait for. */
    private void changed() {
        seen = true;
        signals.changed();
    }

    // ---- control

    @Override
    public void goTo(int target) {
        next = target;
    }

    @Override
    public void stay() {
        next = context.pc;
    }

    /** {@inheritDoc} There is one only: what has others, {@link Program} refuses. */
    @Override
    public int way() {
        return 0;
    }

    @Override
    public void wentBack() {
        // Only a search wants to know.
    }

    @Override
    public void rest() {
        // Only a search wants to know.
    }

    @Override
    public void beginPath() {
        // Executions are operations of their own.
    }

    @Override
    public boolean mayBeginFunction() {
        return signals.stage() == Signals.RUNNING;
    }

    @Override
    public void beginFunction() {
        cpu.interrupts(false);
        next = signals.function();
        context.start(next, program.graph().locals(next));
    }

    @Override
    public boolean mayReturn() {
        return context.kind != ContextKind.STOPPER || signals.stage() == Signals.LEAVING;
    }

    @Override
    public void endRoutine() {
        if (context.kind == ContextKind.THREAD) {
            throw new IllegalStateException("the protocol has no further version to bring");
        }
        seen = true;
        cpu.leaveContext();
    }

    // ---- values

    @Override
    public int value(Code code) {
        seen |= code.variable() >= 0;
        return values.of(code.source());
    }

    @Override
    public boolean failed() {
        return false;
    }

    @Override
    public void assign(int local, int value) {
        if (local >= 0 && !context.assign(local, value)) {
            throw new Mishap(Property.BUG, "a local variable = " + value + " is out of its range");
        }
    }

    // ---- shared data

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    private int word(Cell cell) {
        seen = true;
        return values.word(cell.var(), cell.index().source());
    }

    private static void check(Var var, int value) {
        if (!var.holds(value)) {
            throw new Mishap(Property.BUG, var.name() + " = " + value + " is out of its range");
        }
    }

    @Override
    public void store(Cell cell, int value) {
        check(cell.var(), value);
        words.store(word(cell), value);
        changed();
    }

    @Override
    public void update(Cell cell, RmwOp op, int operand, int old) {
        int before = words.update(word(cell), op, operand);
        check(cell.var(), op.apply(before, operand));
        changed();
        assign(old, before);
    }

    @Override
    public void exchange(Cell cell, int expected, int desired, int success, int old) {
        check(cell.var(), desired);
        int before = words.compareAndExchange(word(cell), expected, desired);
        if (before == expected) {
            changed();
        }
        assign(success, before == expected ? 1 : 0);
        assign(old, before);
    }

    @Override
    public boolean acquire(Cell cell, int free, int taken) {
        check(cell.var(), taken);
        boolean success = words.compareAndSet(word(cell), free, taken);
        if (success) {
            changed();
        }
        return success;
    }

    @Override
    public boolean wouldAcquire(Cell cell, Code free) {
        return memoryHolds(cell, value(free));
    }

    @Override
    public boolean memoryHolds(Cell cell, int expected) {
        return words.load(word(cell)) == expected;
    }

    @Override
    public String memoryText(Cell cell, ValueText texts) {
        return texts.of(cell.variable(), words.load(word(cell)));
    }

    @Override
    public void setAlive(int object, boolean alive) {
        if (words.exchange(program.alive(object), alive ? 1 : 0) == 0 && !alive) {
            throw new Mishap(Property.DEAD_OBJECT, "the life of a dead object ends");
        }
        changed();
    }

    @Override
    public void check(boolean failed) {
        if (failed) {
            throw new Mishap(Property.BUG, "an assertion of the protocol");
        }
    }

    // ---- text

    /** {@inheritDoc} Each byte of a memcpy is a step, in ascending order. */
    @Override
    public boolean pokeText(int number) {
        TextStore store = program.graph().textStores().get(number);
        boolean all = text.get(store.site().index()).store(store, context.stored);
        context.stored = all ? 0 : context.stored + 1;
        changed();
        return all;
    }

    @Override
    public int readText(int read) {
        seen = true;
        return sites.readText(read);
    }

    @Override
    public boolean exchangeText(int read, int store) {
        boolean success = sites.exchangeText(read, store);
        changed();
        return success;
    }

    @Override
    public void mark(Site site, int version, Moment moment) {
        operation.mark(version, moment == Moment.RETURNS);
    }

    /** {@inheritDoc} The instructions of the execution are steps of their own; behind them control goes on. */
    @Override
    public void execute(Site site, int version) {
        context.execution = new Execution(site);
        stay();
    }

    // ---- synchronisation

    @Override
    public boolean mayExecute(Sync sync) {
        return true;
    }

    @Override
    public boolean serializes(Sync sync) {
        return Profile.ARCHITECTURAL.serializes(sync);
    }

    @Override
    public void executeSync(Sync sync) {
        sites.serialize(sync);
    }

    @Override
    public void requestSync(Sync sync) {
        sites.serialize(sync);
        signals.requestSync(cpu.number());
        seen = true;
    }

    @Override
    public boolean othersOweNothing(Owing owing) {
        seen = true;
        int number = cpu.number();
        return switch (owing) {
            case SYNC -> signals.allSynced(number);
            case ARRIVAL -> signals.others(number, Signals.ARRIVED);
            case FUNCTION -> signals.others(number, Signals.THROUGH);
            case DEPARTURE -> signals.others(number, Signals.ABSENT);
            case CALL -> throw refused("a function on other CPUs");
            case QUIESCENCE -> throw refused("a grace period");
        };
    }

    @Override
    public void sendNmi(int target) {
        if (target < 0 || target >= program.cpus()) {
            throw new Mishap(Property.BUG, "an NMI to CPU " + target);
        }
        signals.sendNmi(target);
        seen = true;
    }

    @Override
    public void setInterruptFlag(boolean enabled) {
        cpu.interrupts(enabled);
    }

    @Override
    public void setPreemption(boolean enabled) {
        cpu.preemption(enabled);
    }

    // ---- stop_machine

    @Override
    public boolean nobodyStops() {
        return signals.stage() == Signals.NOT_STOPPING;
    }

    @Override
    public boolean beginStop() {
        seen = true;
        return signals.begin(cpu.number());
    }

    @Override
    public void runStopped(int function) {
        cpu.holdInterrupts();
        signals.run(function);
        seen = true;
    }

    @Override
    public void letGo() {
        cpu.restoreInterrupts();
        signals.stage(Signals.LEAVING);
        seen = true;
    }

    @Override
    public void endStop() {
        signals.stage(Signals.NOT_STOPPING);
        seen = true;
    }

    // ---- breakpoints

    @Override
    public boolean unclaimed() {
        throw new Mishap(Property.UNHANDLED_INT3, "no handler claims the breakpoint");
    }

    @Override
    public void setSavedAddress(int place) {
        sites.setSavedAddress(cpu.below(), place);
    }

    @Override
    public void pushReturn(int place, boolean gap) {
        sites.pushReturn(cpu.below(), place, gap);
    }

    @Override
    public void emulate(Site site, int version, boolean gap, boolean jumps) {
        if (context.kind != ContextKind.BP) {
            throw new Mishap(Property.BUG, "emulation outside a breakpoint handler");
        }
        sites.emulate(cpu.below(), site, version, gap);
    }
}
