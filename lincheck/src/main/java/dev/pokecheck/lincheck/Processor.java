// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CPU: a stack of contexts, each walking through the recorded statements of its routine. {@link #step} makes at most one access that other
 * CPUs can see. Everything else in here belongs to the thread that has claimed the CPU.
 */
final class Processor implements Stmt.Visitor<Outcome> {
    /** A routine that makes so many local steps in a row makes them for ever. */
    private static final int ENDLESS = 10_000;
    /** The deepest stack of contexts: thread, stopper, NMI, and a breakpoint in any of them. */
    private static final int DEEPEST = 6;

    private static final byte INT3 = (byte) 0xcc;

    private final int number;
    private final Program program;
    private final Words words;
    private final Signals signals;
    private final List<CodeMemory> text;
    private final Places places;
    private final Values values;

    private final Deque<Context> contexts = new ArrayDeque<>();
    private final byte[][] prefetched;
    private boolean interrupts = true;
    private boolean preemption = true;
    private boolean inNmi;

    /** The version that the patch call under way brings; 0 if none is. */
    private int patching;

    private int sitesLeft;
    private boolean done;
    private String result = "";

    private String fault = "";
    private int seen;
    private boolean mustRing;

    Processor(int number, Program program, Words words, Signals signals, List<CodeMemory> text) {
        this.number = number;
        this.program = program;
        this.words = words;
        this.signals = signals;
        this.text = text;
        this.places = program.protocol().setting().places();
        this.values = new Values(this, program, words);
        prefetched = new byte[program.sites().size()][0];
        Context thread = new Context(ContextKind.THREAD, true);
        if (number == 0) {
            thread.start(program.protocol().threads().get(0));
        }
        contexts.push(thread);
    }

    int number() {
        return number;
    }

    boolean inNmi() {
        return inNmi;
    }

    Context top() {
        return contexts.element();
    }

    /** The result of an operation that has ended with an outcome: what it gave, or what went wrong here, unless that has been told before. */
    String takeResult(Outcome outcome) {
        if (outcome == Outcome.FINISHED) {
            return result;
        }
        if (outcome != Outcome.HALTED) {
            throw new IllegalStateException("CPU " + number + " has lost its operation");
        }
        String taken = fault.isEmpty() ? ThreadMachine.HALTED : fault;
        fault = "";
        return taken;
    }

    /** Takes over what went wrong on a CPU that this one's thread ran. */
    void inherit(Processor other) {
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

    // ---- operations

    /** Begins the patch call for a version of all sites. */
    void beginPatch(int version) {
        patching = version;
        sitesLeft = program.sites().size();
        done = false;
        result = "patched";
    }

    /** Begins an execution of a site by the thread, which may be stopped at this moment. */
    void beginExecution(int site) {
        contexts.getLast().execution = new Execution(program.sites().get(site));
        done = false;
    }

    /** The bytes of a site are seen now, for the next fetch from it. */
    void prefetch(int site) {
        prefetched[site] = text.get(site).read();
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
            Execution execution = context.execution;
            Outcome outcome;
            if (execution != null) {
                outcome = executeInstruction(context, execution);
            } else if (context.kind == ContextKind.THREAD && patching == 0) {
                return Outcome.IDLE;
            } else {
                outcome = statement(context);
            }
            if (done) {
                done = false;
                return Outcome.FINISHED;
            }
            if (outcome != Outcome.LOCAL) {
                return outcome;
            }
        }
        throw new Mishap(Property.BUG, "a loop without a step that others can see");
    }

    private Outcome statement(Context context) {
        if (context.kind == ContextKind.STOPPER && !context.started()) {
            return startFunction(context);
        }
        Context.Block block = context.block();
        if (block == null) {
            return endRoutine(context);
        }
        if (block.atEnd()) {
            return endBlock(context, block);
        }
        return block.statements.get(block.next).accept(this);
    }

    private Outcome endBlock(Context context, Context.Block block) {
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

    // ---- interrupts

    private boolean takesInterrupt() {
        if (!inNmi && signals.nmiSent(number)) {
            signals.takeNmi(number);
            push(ContextKind.NMI, false).start(program.protocol().nmi());
            inNmi = true;
            return true;
        }
        Context context = top();
        boolean thread = context.kind == ContextKind.THREAD;
        boolean arriving = context.kind == ContextKind.STOPPER && signals.stage() == Signals.ARRIVING;
        if (!interrupts || !(thread || arriving)) {
            return false;
        }
        int requests = signals.syncRequests(number);
        if (requests != 0) {
            serialize(Sync.IRET);
            signals.acknowledgeSync(number, requests);
            return true;
        }
        if (thread && preemption && signals.stage() == Signals.ARRIVING && signals.stopper() != number) {
            push(ContextKind.STOPPER, true);
            signals.stopState(number, Signals.ARRIVED);
            return true;
        }
        return false;
    }

    private Context push(ContextKind kind, boolean interruptsOn) {
        if (contexts.size() == DEEPEST) {
            throw new Mishap(Property.BUG, "recursion beyond the stack");
        }
        Context context = new Context(kind, interrupts);
        interrupts = interruptsOn;
        contexts.push(context);
        signals.depth(number, contexts.size() - 1);
        return context;
    }

    private void pop() {
        interrupts = contexts.pop().interruptsBefore;
        signals.depth(number, contexts.size() - 1);
    }

    private Outcome endRoutine(Context context) {
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
        serialize(Sync.IRET);
        if (context.kind == ContextKind.BP) {
            resume(top());
        }
        return Outcome.RAN;
    }

    private void serialize(Sync sync) {
        if (Profile.ARCHITECTURAL.serializes(sync)) {
            Arrays.fill(prefetched, new byte[0]);
        }
    }

    // ---- sites

    private Outcome executeInstruction(Context context, Execution execution) {
        int offset = execution.offset;
        byte[] code = fetch(execution.site);
        if (code[offset] == INT3) {
            trap(execution);
            return Outcome.RAN;
        }
        Insn insn = Decoder.decode(code, offset, code.length, execution.site.address() + offset);
        boolean known = insn.isValid() && execution.narrow(offset, bytes(code, offset, insn));
        if (!known) {
            boolean inside = execution.trapped != Execution.NOT_TRAPPED && offset == execution.trapped + 1;
            throw new Mishap(inside ? Property.MID_INSTRUCTION : Property.TORN, "bytes of no version");
        }
        if (execution.versions == 0) {
            throw new Mishap(Property.TORN, "instructions of two versions");
        }
        if (insn.kind() == Kind.UD2) {
            throw new Mishap(Property.BUG, "UD2");
        }
        perform(execution, insn, code, offset);
        finishIfLeft(context, execution);
        return Outcome.RAN;
    }

    private static byte[] bytes(byte[] code, int offset, Insn insn) {
        return Arrays.copyOfRange(code, offset, offset + insn.length());
    }

    private byte[] fetch(Site site) {
        byte[] earlier = prefetched[site.index()];
        if (earlier.length > 0) {
            prefetched[site.index()] = new byte[0];
            return earlier;
        }
        return text.get(site.index()).read();
    }

    /** Does what an instruction does; a function that is called does nothing that matters here, and returns. */
    private static void perform(Execution execution, Insn insn, byte[] code, int offset) {
        Effects.add(execution.effects, Effects.of(insn, code, offset));
        if (Effects.leaves(execution.site, insn)) {
            execution.left = true;
        } else {
            execution.offset = Effects.next(execution.site, insn, offset);
        }
    }

    private void finishIfLeft(Context context, Execution execution) {
        if (!execution.finished()) {
            return;
        }
        int version = versionThatDid(execution);
        context.execution = null;
        if (context.kind == ContextKind.THREAD) {
            result = "v" + version;
            done = true;
        } else {
            context.advance();
        }
    }

    /** The first version that does what was done; a call that is missing, or anything else that none does, is a fault. */
    private int versionThatDid(Execution execution) {
        boolean calls = false;
        for (int v = 0; v < execution.site.versions(); v++) {
            if ((execution.versions >>> v & 1) != 0) {
                List<String> effects = program.effects(execution.site, v);
                if (effects.equals(execution.effects)) {
                    return program.versionClass(execution.site.index(), v);
                }
                calls |= effects.size() > execution.effects.size();
            }
        }
        throw new Mishap(calls ? Property.LOST_CALL : Property.WRONG_TARGET, "no version does what was done");
    }

    // ---- breakpoints

    private void trap(Execution execution) {
        Routine handler = program.protocol()
                .breakpoint()
                .orElseThrow(() -> new Mishap(Property.UNHANDLED_INT3, "the protocol handles no breakpoints"));
        execution.trapped = execution.offset;
        execution.offset++;
        push(ContextKind.BP, false).start(handler);
    }

    /** The context below: the one that trapped, for a breakpoint handler. */
    private @Nullable Execution below() {
        List<Context> all = new ArrayList<>(contexts);
        return all.size() < 2 ? null : all.get(1).execution;
    }

    int savedAddress() {
        Execution execution = below();
        return execution == null ? 0 : places.of(execution.site, execution.offset);
    }

    /** What the handler made of the context goes on from here. */
    private void resume(Context context) {
        Execution execution = context.execution;
        if (execution == null) {
            throw new IllegalStateException("a breakpoint without an execution");
        }
        if (execution.versions == 0) {
            throw new Mishap(Property.WRONG_TARGET, "emulated what no version has there");
        }
        if (execution.offset == execution.trapped) {
            execution.trapped = Execution.NOT_TRAPPED;
        }
        finishIfLeft(context, execution);
    }

    @Override
    public Outcome setSavedAddress(TextStmt.SetSavedAddress stmt) {
        Execution execution = below();
        int place = values.of(stmt.place());
        if (execution == null || places.siteAt(place) != execution.site.index()) {
            throw new Mishap(Property.BUG, "a saved address outside the site that trapped");
        }
        execution.offset = places.offset(place);
        top().advance();
        return Outcome.LOCAL;
    }

    @Override
    public Outcome emulate(TextStmt.Emulate stmt) {
        Execution execution = below();
        if (execution == null || top().kind != ContextKind.BP || execution.site != stmt.site()) {
            throw new Mishap(Property.BUG, "emulation outside a breakpoint handler, or for another site");
        }
        byte[] code = stmt.site().bytes(stmt.version());
        Insn insn = stmt.site().instruction(stmt.version(), 0);
        boolean call = insn.kind() == Kind.CALL_REL32 || insn.kind() == Kind.CALL_INDIRECT;
        if (call && !stmt.gap()) {
            throw new Mishap(Property.CORRUPT_FRAME, "the pushed return address overwrote the saved frame");
        }
        execution.narrow(execution.trapped, bytes(code, 0, insn));
        perform(execution, insn, code, 0);
        top().advance();
        return Outcome.LOCAL;
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

    @Override
    public Outcome stopMachine(CpuStmt.StopMachine stmt) {
        Context context = top();
        switch (context.progress) {
            case 0 -> {
                if (!signals.begin(number, program.numberOf(stmt))) {
                    return Outcome.BLOCKED;
                }
                context.progress = 1;
            }
            default -> {
                if (!signals.others(number, Signals.ARRIVED)) {
                    return Outcome.BLOCKED;
                }
                interrupts = false;
                signals.stage(Signals.RUNNING);
                context.advance();
                context.enter(stmt.here(), stmt);
            }
        }
        return Outcome.RAN;
    }

    /** The caller's own function is through. */
    private Outcome leaveStop(Context context) {
        if (context.progress == 0) {
            if (!signals.others(number, Signals.THROUGH)) {
                return Outcome.BLOCKED;
            }
            interrupts = true;
            signals.stage(Signals.LEAVING);
            context.progress = 1;
        } else {
            if (!signals.others(number, Signals.ABSENT)) {
                return Outcome.BLOCKED;
            }
            signals.stage(Signals.NOT_STOPPING);
            context.progress = 0;
            context.leaveBlock();
        }
        return Outcome.RAN;
    }

    private Outcome startFunction(Context context) {
        if (signals.stage() != Signals.RUNNING) {
            return Outcome.BLOCKED;
        }
        interrupts = false;
        context.start(program.stop(signals.stop()).elsewhere());
        return Outcome.LOCAL;
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

    // ---- statements on shared data

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
        words.store(values.cell(stmt.to()), value);
        signals.changed();
        return next();
    }

    @Override
    public Outcome rmw(DataStmt.Rmw stmt) {
        int operand = values.of(stmt.operand());
        int old = words.update(values.cell(stmt.cell()), stmt.op(), operand);
        check(stmt.cell().var(), stmt.op().apply(old, operand));
        signals.changed();
        stmt.old().ifPresent(local -> assignLocal(local, old));
        return next();
    }

    private boolean exchange(Shared.Cell cell, int expected, int desired) {
        check(cell.var(), desired);
        boolean success = words.compareAndSet(values.cell(cell), expected, desired);
        if (success) {
            signals.changed();
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
    public Outcome awaitExchange(DataStmt.AwaitExchange stmt) {
        return exchange(stmt.cell(), values.of(stmt.expected()), values.of(stmt.desired())) ? next() : Outcome.BLOCKED;
    }

    @Override
    public Outcome await(DataStmt.Await stmt) {
        return values.isTrue(stmt.condition()) ? next() : Outcome.BLOCKED;
    }

    @Override
    public Outcome fence(DataStmt.Fence stmt) {
        return local();
    }

    // ---- control

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

    private Outcome local() {
        next();
        return Outcome.LOCAL;
    }

    @Override
    public Outcome note(ControlStmt.Note stmt) {
        return local();
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
        words.store(program.alive(stmt.object()), stmt.begin() ? 1 : 0);
        signals.changed();
        return next();
    }

    /** The operation that patches ends where the patch call for the last site has returned. */
    @Override
    public Outcome patchMark(TextStmt.PatchMark stmt) {
        if (stmt.version() != patching) {
            throw new IllegalStateException("the next version to bring is " + stmt.version() + ", not " + patching);
        }
        if (stmt.end() && --sitesLeft == 0) {
            patching = 0;
            done = true;
        }
        return local();
    }

    // ---- statements on text and on other CPUs

    @Override
    public Outcome textPoke(TextStmt.TextPoke stmt) {
        Context context = top();
        TextStore store = stmt.store();
        byte[] data = store.data();
        text.get(store.site().index()).store(store.offset() + context.progress, data[context.progress]);
        signals.changed();
        if (context.progress + 1 < data.length) {
            context.progress++;
            return Outcome.RAN;
        }
        return next();
    }

    @Override
    public Outcome serialize(CpuStmt.Serialize stmt) {
        serialize(stmt.sync());
        return local();
    }

    @Override
    public Outcome syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        Context context = top();
        if (context.progress == 0) {
            serialize(stmt.sync());
            signals.requestSync(number);
            context.progress = 1;
            return Outcome.RAN;
        }
        return signals.allSynced(number) ? next() : Outcome.BLOCKED;
    }

    @Override
    public Outcome sendNmi(CpuStmt.SendNmi stmt) {
        int target = values.of(stmt.cpu());
        if (target < 0 || target >= program.cpus()) {
            throw new Mishap(Property.BUG, "an NMI to CPU " + target);
        }
        signals.sendNmi(target);
        return next();
    }

    @Override
    public Outcome setInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        interrupts = stmt.enabled();
        return local();
    }

    @Override
    public Outcome setPreemption(CpuStmt.SetPreemption stmt) {
        preemption = stmt.enabled();
        return local();
    }

    /** A site in a handler. */
    @Override
    public Outcome execute(TextStmt.Execute stmt) {
        if (stmt.version().isPresent()) {
            throw new IllegalArgumentException(
                    "an execution that tells its version cannot run on threads; choose another nmi-work");
        }
        top().execution = new Execution(stmt.site());
        return Outcome.LOCAL;
    }
}
