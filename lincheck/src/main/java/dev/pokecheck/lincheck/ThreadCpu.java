// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.step.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CPU: a stack of contexts, the top one of which takes the steps of its routine, or executes a site. {@link #step} makes at most one access
 * that other CPUs can see. Everything else in here belongs to the thread that has claimed the CPU.
 */
final class ThreadCpu implements Values.Viewpoint {
    /** A routine that makes so many local steps in a row makes them for ever. */
    private static final int ENDLESS = 10_000;
    /** The deepest stack of contexts: thread, stopper, NMI, and a breakpoint in any of them. */
    private static final int DEEPEST = 6;

    private final int number;
    private final Program program;
    private final Signals signals;
    private final SiteRun sites;
    private final ThreadHost host;
    private final Operation operation = new Operation();
    private final Deque<Context> contexts = new ArrayDeque<>();
    private boolean interrupts = true;
    private boolean interruptsBeforeStop;
    private boolean preemption = true;
    private boolean inNmi;

    private String fault = "";
    private int seen;
    private boolean mustRing;

    ThreadCpu(int number, Program program, SharedWords words, Signals signals, List<CodeMemory> text) {
        this.number = number;
        this.program = program;
        this.signals = signals;
        sites = new SiteRun(program, text);
        host = new ThreadHost(this, program, words, signals, text, sites, operation);
        Context thread = new Context(ContextKind.THREAD, true);
        contexts.push(thread);
        start(thread, program.graph().routines().threads().get(number));
    }

    // ---- operations

    /** Begins the patch call for a version of all sites. */
    void beginPatch(int version) {
        operation.beginPatch(version, program.sites().size());
    }

    /** Begins an execution of a site by the thread, which may be stopped at this moment. */
    void beginExecution(int site) {
        contexts.getLast().execution = new Execution(program.sites().get(site));
        operation.beginExecution();
    }

    /** The bytes of a site are seen now, for the next fetch from it. */
    void prefetch(int site) {
        sites.prefetch(site);
    }

    /** The result of an operation that has ended with an outcome: what it gave, or what went wrong here, unless that has been told before. */
    String takeResult(Outcome outcome) {
        if (outcome == Outcome.FINISHED) {
            return operation.result();
        }
        if (outcome != Outcome.HALTED) {
            throw new IllegalStateException("CPU " + number + " has lost its operation");
        }
        String taken = fault.isEmpty() ? ThreadMachine.HALTED : fault;
        fault = "";
        return taken;
    }

    /** Takes over what went wrong on a CPU that this one's thread ran. */
    void inherit(ThreadCpu other) {
        if (fault.isEmpty()) {
            fault = other.fault;
        }
    }

    /** The count of changes before the last step. */
    int seen() {
        return seen;
    }

    /** Whether somebody may be waiting for what the last step did. */
    boolean mustRing() {
        return mustRing;
    }

    // ---- a step

    /** Does the next thing that others can see, and whatever local steps come before it. */
    Outcome step() {
        seen = signals.changes();
        Outcome outcome = tryStep();
        mustRing = signals.changes() != seen && signals.somebodyWaits();
        return outcome;
    }

    private Outcome tryStep() {
        if (signals.halted()) {
            return Outcome.HALTED;
        }
        try {
            return takesInterrupt() ? Outcome.RAN : run();
        } catch (Mishap mishap) {
            fault = mishap.property().text();
            signals.halt();
            return Outcome.HALTED;
        }
    }

    private Outcome run() {
        for (int n = 0; n < ENDLESS; n++) {
            Context context = top();
            Outcome outcome;
            if (context.execution != null) {
                outcome = executeInstruction(context, context.execution);
            } else if (context.kind == ContextKind.THREAD && !operation.isPatch()) {
                return Outcome.IDLE;
            } else {
                outcome = takeStep(context);
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

    private Outcome takeStep(Context context) {
        Step step = program.graph().step(context.pc);
        if (step.isEnd() && finishesFunction(context)) {
            return Outcome.RAN;
        }
        host.at(context);
        if (!step.ready(host)) {
            return Outcome.BLOCKED;
        }
        step.run(host);
        context.pc = host.next();
        return host.wasSeen() ? Outcome.RAN : Outcome.LOCAL;
    }

    /** Whether a stopped CPU's function is through just now. */
    private boolean finishesFunction(Context context) {
        if (context.kind != ContextKind.STOPPER || signals.stopState(number) != Signals.ARRIVED) {
            return false;
        }
        signals.stopState(number, Signals.THROUGH);
        return true;
    }

    private Outcome executeInstruction(Context context, Execution execution) {
        if (sites.hitsBreakpoint(execution)) {
            if (!program.graph().handlesBreakpoints()) {
                throw new Mishap(Property.UNHANDLED_INT3, "the protocol handles no breakpoints");
            }
            push(ContextKind.BP, program.graph().routines().breakpoint(), false);
        } else {
            finishIfLeft(context, execution);
        }
        return Outcome.RAN;
    }

    private void finishIfLeft(Context context, Execution execution) {
        if (!execution.finished()) {
            return;
        }
        int version = sites.versionThatDid(execution);
        context.execution = null;
        if (context.kind == ContextKind.THREAD) {
            operation.executed(version);
        } else {
            context.pc++;
        }
    }

    // ---- contexts

    private boolean takesInterrupt() {
        if (!inNmi && signals.nmiSent(number)) {
            signals.takeNmi(number);
            push(ContextKind.NMI, program.graph().routines().nmi(), false);
            inNmi = true;
            return true;
        }
        Context context = top();
        if (!interrupts || mustBeginFunction(context)) {
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
            push(ContextKind.STOPPER, program.graph().routines().stopWait(), true);
            signals.stopState(number, Signals.ARRIVED);
            return true;
        }
        return false;
    }

    /** Whether all have arrived in {@code stop_machine}, so that IF is 0 here, too, with the next step. */
    private boolean mustBeginFunction(Context context) {
        return context.kind == ContextKind.STOPPER
                && context.pc == program.graph().routines().stopWait()
                && signals.stage() != Signals.ARRIVING;
    }

    private void push(ContextKind kind, int routine, boolean interruptsOn) {
        if (contexts.size() == DEEPEST) {
            throw new Mishap(
                    Property.RECURSION, "a breakpoint in the handler of a breakpoint, to the end of the stack");
        }
        Context context = new Context(kind, interrupts);
        interrupts = interruptsOn;
        contexts.push(context);
        signals.depth(number, depth());
        start(context, routine);
    }

    private void start(Context context, int routine) {
        context.start(routine, program.graph().locals(routine));
    }

    /** The routine of the top context is through. */
    void leaveContext() {
        Context context = contexts.pop();
        interrupts = context.interruptsBefore;
        signals.depth(number, depth());
        if (context.kind == ContextKind.STOPPER) {
            signals.stopState(number, Signals.ABSENT);
            return;
        }
        inNmi &= context.kind != ContextKind.NMI;
        sites.serialize(Sync.IRET);
        if (context.kind == ContextKind.BP) {
            finishIfLeft(top(), sites.resume(top().execution));
        }
    }

    void interrupts(boolean on) {
        interrupts = on;
    }

    /** IF is 0 while the functions of {@code stop_machine} run, which this CPU has called. */
    void holdInterrupts() {
        interruptsBeforeStop = interrupts;
        interrupts = false;
    }

    /** They are through. */
    void restoreInterrupts() {
        interrupts = interruptsBeforeStop;
    }

    void preemption(boolean on) {
        preemption = on;
    }

    /** How many contexts are on top of the thread. */
    int depth() {
        return contexts.size() - 1;
    }

    Context top() {
        return contexts.element();
    }

    /** The execution of the context below the top one: for a breakpoint handler, the one that has trapped. */
    @Nullable
    Execution below() {
        Iterator<Context> all = contexts.iterator();
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
        return top().local(local.id());
    }
}
