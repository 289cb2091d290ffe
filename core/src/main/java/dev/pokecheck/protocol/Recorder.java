// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Records the statements of one routine. Its methods are named after what the statements do; nothing is executed.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a statement that breaks a rule of the package: a label used twice, a
 * second shared access in one statement.
 */
public final class Recorder {
    /** Events that can be enabled together with a step of the same context, by their names in schedules. */
    private static final List<String> RESERVED = List.of("nmi", "irq", "mc", "ipi", "stop");

    private final String name;
    /** Told of every statement. */
    private final Consumer<Stmt> recorded;

    private final List<Stmt> body = new ArrayList<>();
    private final List<Local> locals = new ArrayList<>();
    private final TreeSet<String> labels = new TreeSet<>();
    private final Deque<String> prefixes = new ArrayDeque<>();
    private List<Stmt> open = body;

    Recorder(String name, Consumer<Stmt> recorded) {
        this.name = name;
        this.recorded = recorded;
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

    /** A full memory fence. */
    public void fence(String label) {
        add(new DataStmt.Fence(label(label)));
    }

    /** Spins until a condition on one shared variable holds. */
    public void await(String label, Expr condition) {
        checkAccesses(label, 1, condition);
        add(new DataStmt.Await(label(label), condition));
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

    /** A function of the source, expanded in place; its labels get the prefix {@code label.}. */
    public void call(String label, String function, Runnable functionBody) {
        String full = label(label);
        prefixes.addLast(label);
        List<Stmt> statements = block(functionBody);
        prefixes.removeLast();
        add(new ControlStmt.Call(full, function, statements));
    }

    /** Leaves the innermost function, or the routine. */
    public void leave() {
        add(new ControlStmt.Return());
    }

    /** A store of bytes to text. */
    public void textPoke(String label, Site site, int offset, byte... data) {
        add(new TextStmt.TextPoke(label(label), new TextStore(site, offset, data)));
    }

    /** An instruction that synchronises this CPU, or is believed to. */
    public void serialize(String label, Sync sync) {
        add(new CpuStmt.Serialize(label(label), sync));
    }

    /** Every online CPU executes an instruction, the others by IPI; waits for all. */
    public void syncEachCpu(String label, Sync sync) {
        syncEachCpu(label, sync, false);
    }

    /**
     * The same where the return from the IPI goes on in another task, which leaves the kernel by SYSRET: the only serialization is what the
     * handler itself executes.
     */
    public void ipiThenSysret(String label, Sync sync) {
        syncEachCpu(label, sync, true);
    }

    private void syncEachCpu(String label, Sync sync, boolean switchesTask) {
        label(label + ".wait");
        add(new CpuStmt.SyncEachCpu(label(label), sync, switchesTask));
    }

    /** {@code synchronize_rcu} and its like: waits until every other CPU has passed through a quiescent state. */
    public void gracePeriod(String label, Quiescence quiescence) {
        label(label + ".wait");
        add(new CpuStmt.GracePeriod(label(label), quiescence));
    }

    /** Sends an NMI. */
    public void sendNmi(String label, Expr cpu) {
        checkAccesses(label, 0, cpu);
        add(new CpuStmt.SendNmi(label(label), cpu));
    }

    /** Clears IF. */
    public void irqDisable(String label) {
        add(new CpuStmt.SetInterruptFlag(label(label), false));
    }

    /** Sets IF. */
    public void irqEnable(String label) {
        add(new CpuStmt.SetInterruptFlag(label(label), true));
    }

    /** Forbids that the thread is taken off the CPU. */
    public void preemptDisable(String label) {
        add(new CpuStmt.SetPreemption(label(label), false));
    }

    /** Allows that the thread is taken off the CPU. */
    public void preemptEnable(String label) {
        add(new CpuStmt.SetPreemption(label(label), true));
    }

    /** {@code stop_machine}: this CPU runs {@code here}, all others {@code elsewhere}, with IF=0. */
    public void stopMachine(String label, Runnable here, Routine elsewhere) {
        label(label + ".run");
        label(label + ".done");
        label(label + ".return");
        // A thread that calls stop_machine is not taken over at that step, so that this name is free for it.
        String full = unique(label);
        add(new CpuStmt.StopMachine(full, block(here), elsewhere));
    }

    /** Executes the code of a site. */
    public void execute(String label, Site site) {
        add(new TextStmt.Execute(label(label), site, Optional.empty()));
    }

    /** Executes the code of a site; {@code version} tells which version that was. */
    public void execute(String label, Site site, Local version) {
        add(new TextStmt.Execute(label(label), site, Optional.of(version)));
    }

    /** Executes an INT3 that belongs to somebody else. */
    public void foreignInt3(String label) {
        add(new TextStmt.ForeignInt3(label(label)));
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

    /** The patch call that brings a version to a site begins. */
    public void patchBegin(String label, Site site, int version) {
        add(new TextStmt.PatchMark(label(label), site, version, false));
    }

    /** The patch call that brought a version to a site has returned. */
    public void patchEnd(String label, Site site, int version) {
        add(new TextStmt.PatchMark(label(label), site, version, true));
    }

    /** The handler claims no breakpoint: the kernel dies of it, or its owner handles it if it is somebody else's. The handler ends here. */
    public void unhandled(String label) {
        add(new TextStmt.Unhandled(label(label)));
    }

    /** Sets the saved address of the context below: {@code regs->ip = place}. */
    public void setSavedAddress(Expr place) {
        checkAccesses("regs->ip", 0, place);
        add(new TextStmt.SetSavedAddress(place));
    }

    /**
     * Emulates the first instruction of a version of a site on the context below, as {@code int3_emulate_call} and its siblings do.
     *
     * @param version of the site, 0 being the old one
     * @param gap whether the entry code left room between the stack of the trapped context and the saved frame; without it, emulating a CALL
     *     overwrites the frame (B5 of the museum)
     */
    public void emulate(String label, Site site, int version, boolean gap) {
        add(new TextStmt.Emulate(label(label), site, version, gap));
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

    private void add(Stmt statement) {
        recorded.accept(statement);
        open.add(statement);
    }

    private List<Stmt> block(Runnable recording) {
        List<Stmt> outer = open;
        List<Stmt> inner = new ArrayList<>();
        open = inner;
        recording.run();
        open = outer;
        return List.copyOf(inner);
    }

    private String label(String label) {
        if (label.isEmpty() || label.chars().anyMatch(c -> c <= ' ' || c == '[' || c == '#')) {
            throw new IllegalArgumentException(name + ": \"" + label + "\" is no label; use letters, digits, . _ -");
        }
        if (prefixes.isEmpty() && RESERVED.contains(label)) {
            throw new IllegalArgumentException(
                    name + ": \"" + label + "\" is the name of an event of the machine; give the step another");
        }
        return unique(label);
    }

    private String unique(String label) {
        StringBuilder full = new StringBuilder();
        for (String prefix : prefixes) {
            full.append(prefix).append('.');
        }
        full.append(label);
        if (!labels.add(full.toString())) {
            throw new IllegalArgumentException(name + ": the label " + full + " is used twice; give each step its own");
        }
        return full.toString();
    }

    private void checkAccesses(String where, int allowed, Expr... expressions) {
        int found = 0;
        for (Expr expression : expressions) {
            found += expression.accept(SharedReads.COUNT);
        }
        if (found > allowed) {
            throw new IllegalArgumentException(name + ": " + where + " reads " + found + " shared variables where "
                    + allowed + " is possible; load the others into locals first");
        }
        if (found < allowed) {
            throw new IllegalArgumentException(
                    name + ": " + where + " has a label but reads no shared variable; leave the label out");
        }
    }
}
