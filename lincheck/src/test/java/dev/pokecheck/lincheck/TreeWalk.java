// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same CPU as {@link ThreadCpu}, which walks through the recorded statements themselves and knows no step of the control-flow graph: the oracle for
 * what steps mean. What it shares with the other is the memory, the signals, expressions and the execution of sites.
 */
final class TreeWalk implements Values.Viewpoint, Sequential.Cpu {
    private static final int ENDLESS = 10_000;
    private static final int DEEPEST = 6;

    final Signals signals;
    final Operation operation = new Operation();
    final SiteRun sites;
    boolean interrupts = true;
    boolean preemption = true;

    private final int number;
    private final Program program;
    private final Protocol protocol;
    private final List<CpuStmt.StopMachine> stops = new ArrayList<>();
    private final TreeStatements statements;
    private final Deque<TreeContext> contexts = new ArrayDeque<>();
    private boolean inNmi;
    private String fault = "";

    TreeWalk(int number, Program program, SharedWords words, Signals signals, List<CodeMemory> text) {
        this.number = number;
        this.program = program;
        this.signals = signals;
        protocol = program.protocol();
        sites = new SiteRun(program, text);
        statements = new TreeStatements(this, program, words, text);
        protocol.threads().forEach(thread -> findStops(thread.body()));
        findStops(protocol.nmi().body());
        TreeContext thread = new TreeContext(ContextKind.THREAD, true);
        thread.start(protocol.threads().get(number));
        contexts.push(thread);
    }

    private void findStops(List<Stmt> body) {
        for (Stmt stmt : body) {
            if (stmt instanceof CpuStmt.StopMachine stop) {
                stops.add(stop);
            }
            stmt.bodies().forEach(inside -> findStops(inside.statements()));
        }
    }

    int numberOf(CpuStmt.StopMachine stop) {
        return stops.indexOf(stop);
    }

    // ---- operations

    @Override
    public void beginPatch(int version) {
        operation.beginPatch(version, program.sites().size());
    }

    @Override
    public void beginExecution(int site) {
        contexts.getLast().execution = new Execution(program.sites().get(site));
        operation.beginExecution();
    }

    @Override
    public void prefetch(int site) {
        sites.prefetch(site);
    }

    @Override
    public String takeResult(Outcome outcome) {
        return outcome == Outcome.FINISHED ? operation.result() : fault;
    }

    @Override
    public int depth() {
        return contexts.size() - 1;
    }

    // ---- a step

    @Override
    public Outcome step() {
        try {
            return takesInterrupt() ? Outcome.RAN : run();
        } catch (Mishap mishap) {
            fault = mishap.property().text();
            return Outcome.HALTED;
        }
    }

    private Outcome run() {
        for (int n = 0; n < ENDLESS; n++) {
            TreeContext context = top();
            Outcome outcome;
            if (context.execution != null) {
                outcome = executeInstruction(context, context.execution);
            } else if (context.kind == ContextKind.THREAD && !operation.isPatch()) {
                return Outcome.IDLE;
            } else {
                outcome = statement(context);
            }
            if (operation.takeDone()) {
                return Outcome.FINISHED;
            }
            if (outcome != Outcome.LOCAL) {
                return outcome;
            }
        }
        throw new Mishap(Property.BUG, "a loop without a step that others can see");
    }

    private Outcome statement(TreeContext context) {
        if (context.kind == ContextKind.STOPPER && !context.started()) {
            return startFunction(context);
        }
        TreeContext.Block block = context.block();
        if (block == null) {
            return endRoutine(context);
        }
        if (block.atEnd()) {
            return statements.endBlock(context, block);
        }
        return block.statements.get(block.next).accept(statements);
    }

    private Outcome startFunction(TreeContext context) {
        if (signals.stage() != Signals.RUNNING) {
            return Outcome.BLOCKED;
        }
        interrupts = false;
        context.start(stops.get(signals.function()).elsewhere());
        return Outcome.LOCAL;
    }

    private Outcome endRoutine(TreeContext context) {
        switch (context.kind) {
            case THREAD -> throw new IllegalStateException("the protocol has no further version to bring");
            case STOPPER -> {
                return leaveFunction();
            }
            case NMI -> inNmi = false;
            default -> {
                // Nothing but the return.
            }
        }
        pop();
        sites.serialize(Sync.IRET);
        if (context.kind == ContextKind.BP) {
            finishIfLeft(top(), sites.resume(top().execution));
        }
        return Outcome.RAN;
    }

    /** A stopped CPU's function is through. */
    private Outcome leaveFunction() {
        if (signals.stopState(number) == Signals.ARRIVED) {
            signals.stopState(number, Signals.THROUGH);
            return Outcome.RAN;
        }
        if (signals.stage() != Signals.LEAVING) {
            return Outcome.BLOCKED;
        }
        pop();
        signals.stopState(number, Signals.ABSENT);
        return Outcome.RAN;
    }

    // ---- sites

    private Outcome executeInstruction(TreeContext context, Execution execution) {
        if (sites.hitsBreakpoint(execution)) {
            Routine handler = protocol.breakpoint()
                    .orElseThrow(() -> new Mishap(Property.UNHANDLED_INT3, "the protocol handles no breakpoints"));
            push(ContextKind.BP, false).start(handler);
        } else {
            finishIfLeft(context, execution);
        }
        return Outcome.RAN;
    }

    private void finishIfLeft(TreeContext context, Execution execution) {
        if (!execution.finished()) {
            return;
        }
        int version = sites.versionThatDid(execution);
        context.execution = null;
        if (context.kind == ContextKind.THREAD) {
            operation.executed(version);
        } else {
            context.advance();
        }
    }

    // ---- contexts

    private boolean takesInterrupt() {
        if (!inNmi && signals.nmiSent(number)) {
            signals.takeNmi(number);
            push(ContextKind.NMI, false).start(protocol.nmi());
            inNmi = true;
            return true;
        }
        TreeContext context = top();
        boolean called =
                context.kind == ContextKind.STOPPER && !context.started() && signals.stage() != Signals.ARRIVING;
        if (!interrupts || called) {
            return false;
        }
        int requests = signals.syncRequests(number);
        if (requests != 0) {
            sites.serialize(Sync.IRET);
            signals.acknowledgeSync(number, requests);
            return true;
        }
        if (context.kind == ContextKind.THREAD
                && preemption
                && signals.stage() == Signals.ARRIVING
                && signals.stopper() != number) {
            push(ContextKind.STOPPER, true);
            signals.stopState(number, Signals.ARRIVED);
            return true;
        }
        return false;
    }

    private TreeContext push(ContextKind kind, boolean interruptsOn) {
        if (contexts.size() == DEEPEST) {
            throw new Mishap(
                    Property.RECURSION, "a breakpoint in the handler of a breakpoint, to the end of the stack");
        }
        TreeContext context = new TreeContext(kind, interrupts);
        interrupts = interruptsOn;
        contexts.push(context);
        return context;
    }

    private void pop() {
        interrupts = contexts.pop().interruptsBefore;
    }

    TreeContext top() {
        return contexts.element();
    }

    @Nullable
    Execution below() {
        Iterator<TreeContext> all = contexts.iterator();
        all.next();
        return all.hasNext() ? all.next().execution : null;
    }

    // ---- what expressions read

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean inNmi() {
        return inNmi;
    }

    @Override
    public int savedAddress() {
        return sites.savedAddress(below());
    }

    @Override
    public int local(Local local) {
        return top().local(local);
    }
}
