// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.Views;
import java.util.Arrays;

/**
 * The transition system of a protocol in a scenario: several x86 CPUs that execute the protocol's routines and the patched sites.
 * The rules are in the package documentation; each method names the one it follows.
 *
 * <p>A machine is confined to one thread. Its only state besides tables that grow is {@link #reached}.
 */
public final class Machine implements TransitionSystem {
    /** A routine that makes so many local steps in a row makes them for ever. */
    private static final int ENDLESS = 10_000;

    private final Scenario scenario;
    private final Protocol protocol;
    private final Program program;
    private final Op[] ops;
    private final Site[] sites;
    private final SiteText[] texts;
    private final Views[] views;
    private final Places places;
    private final Functions functions;
    private final TextPieces pieces;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Memory memory;
    private final Evaluator evaluator;
    private final boolean tso;
    private final boolean iretSerializes;
    private final boolean ipiSerializes;
    private final ActionNames names;

    private long incidents;
    private long reached;

    /** Builds the machine of a protocol that was recorded for the scenario's {@link Scenario#setting()}. */
    public Machine(Scenario scenario, Protocol protocol) {
        this.scenario = scenario;
        this.protocol = protocol;
        program = new Program(protocol);
        ops = program.ops;
        sites = protocol.setting().sites().toArray(Site[]::new);
        places = protocol.setting().places();
        texts = new SiteText[sites.length];
        views = new Views[sites.length];
        for (int s = 0; s < sites.length; s++) {
            texts[s] = new SiteText(sites[s], program.textStores);
            views[s] = new Views(texts[s], scenario.fetch(), scenario.chunk(), scenario.fetchCoherent());
        }
        functions = new Functions(protocol, places);
        pieces = new TextPieces(program.textStores, scenario.split(), texts);
        layout = new Layout(scenario, protocol, program, texts, functions.count());
        cpu = layout.cpu;
        memory = new Memory(protocol.variables(), layout);
        evaluator = new Evaluator(layout, program, memory);
        tso = scenario.data() == DataModel.TSO;
        iretSerializes = scenario.profile().serializes(Sync.IRET);
        ipiSerializes = iretSerializes || scenario.profile().serializes(program.eachCpuSync);
        names = new ActionNames(this);
        setKeepMasks();
    }

    /** The machine of a protocol definition in a scenario. */
    public static Machine of(Scenario scenario, String name, Protocol.Definition definition) {
        return new Machine(scenario, Protocol.record(name, scenario.setting(), definition));
    }

    /** Bits of local variables that are dead at an operation are cleared, so that what can no longer matter is not told apart. */
    private void setKeepMasks() {
        var live = program.liveLocals();
        for (int pc = 0; pc < ops.length; pc++) {
            long[] keep = new long[cpu.frameWords()];
            Arrays.fill(keep, -1L);
            for (int i = 0; i < cpu.locals.length; i++) {
                if (!live.get(pc).contains(i)) {
                    keep[cpu.locals[i].word()] &= ~(cpu.locals[i].max() << cpu.locals[i].shift());
                }
            }
            ops[pc].keep = keep;
        }
    }

    // ---- what others may know

    /** The scenario. */
    public Scenario scenario() {
        return scenario;
    }

    /** The protocol. */
    public Protocol protocol() {
        return protocol;
    }

    /** The situations met by all actions applied so far, as bits of {@link Reached}. */
    public long reached() {
        return reached;
    }

    /** Forgets the situations met so far. */
    public void clearReached() {
        reached = 0;
    }

    /** A readable view of one state; for reports, not for searches. */
    public StateView view(long[] state) {
        return new StateView(this, state.clone());
    }

    Program program() {
        return program;
    }

    Layout layout() {
        return layout;
    }

    Memory memory() {
        return memory;
    }

    Places places() {
        return places;
    }

    Functions functions() {
        return functions;
    }

    TextPieces pieces() {
        return pieces;
    }

    Site site(int number) {
        return sites[number];
    }

    SiteText text(int site) {
        return texts[site];
    }

    Views views(int site) {
        return views[site];
    }

    Evaluator evaluator() {
        return evaluator;
    }

    // ---- the seam

    @Override
    public int words() {
        return layout.words();
    }

    @Override
    public int[] partStarts() {
        return layout.partStarts();
    }

    @Override
    public int agents() {
        return layout.cpus;
    }

    @Override
    public int agent(int action) {
        return ActionKind.cpu(action);
    }

    @Override
    public boolean spontaneous(int action) {
        return switch (ActionKind.of(action)) {
            case NMI, IRQ, MC -> true;
            default -> false;
        };
    }

    @Override
    public String describe(long[] state, int action) {
        return names.name(state, action);
    }

    @Override
    public void initial(long[] state) {
        Arrays.fill(state, 0);
        for (Var var : protocol.variables()) {
            for (int i = 0; i < var.length(); i++) {
                memory.write(state, memory.cell(var.id(), i), var.initial());
            }
        }
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.interruptFlag.set(state, base, 1);
            cpu.nmiBudget.set(state, base, scenario.nmis());
            cpu.irqBudget.set(state, base, scenario.irqs());
            cpu.mcBudget.set(state, base, scenario.mcs());
            int frame = cpu.frame(base, 0);
            cpu.kind.set(state, frame, ContextKind.THREAD.ordinal());
            cpu.pc.set(state, frame, program.threadStart[c]);
            incidents = 0;
            settle(state, c, frame);
            if (incidents != 0) {
                throw new IllegalArgumentException(protocol.name() + ": cpu" + c + " fails before its first step");
            }
        }
    }

    @Override
    public boolean complete(long[] state) {
        if (layout.stopPhase.isSet(state, 0)) {
            return false;
        }
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            int frame = cpu.frame(base, 0);
            if (cpu.top.isSet(state, base)
                    || cpu.place.isSet(state, frame)
                    || cpu.versions.isSet(state, frame)
                    || cpu.buffer.size(state, base) != 0
                    || cpu.syncRequests.isSet(state, base)
                    || cpu.nmiPending.isSet(state, base)) {
                return false;
            }
            Op op = ops[cpu.pc.getInt(state, frame)];
            if (op.code != OpCode.END && !op.rest) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long inspect(long[] state) {
        if (!complete(state)) {
            return 0;
        }
        reached |= Reached.COMPLETE.bit();
        for (int s = 0; s < sites.length; s++) {
            if (!texts[s].isVersion(layout.content[s].get(state, 0), sites[s].versions() - 1)) {
                return Incident.LOST_PATCH.bit();
            }
        }
        return 0;
    }

    // ---- enabled

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            enabledDrains(state, actions, c, base);
            int frame = cpu.topFrame(state, base);
            enabledSteps(state, actions, c, base, frame);
            enabledInterrupts(state, actions, c, base, frame);
        }
    }

    private void enabledDrains(long[] state, ActionList actions, int c, int base) {
        if (!tso || cpu.buffer.size(state, base) == 0) {
            return;
        }
        int target = cpu.buffer.target(state, base, 0);
        if (target < memory.cells()) {
            actions.add(ActionKind.DRAIN.action(c));
        } else {
            addPieces(actions, ActionKind.DRAIN, c, target - memory.cells(), cpu.drainedPieces.getInt(state, base));
        }
    }

    private void addPieces(ActionList actions, ActionKind kind, int c, int store, int done) {
        for (int p = 0; p < pieces.count(store); p++) {
            if ((done >>> p & 1) == 0) {
                actions.add(kind.action(c, p));
            }
        }
    }

    private void enabledSteps(long[] state, ActionList actions, int c, int base, int frame) {
        int place = cpu.place.getInt(state, frame);
        if (place >= places.firstFunction()) {
            int function = place - places.firstFunction();
            if (!functions.hasEffect(function)) {
                actions.add(ActionKind.RETURN.action(c));
            } else if (roomToStore(state, base)) {
                actions.add(ActionKind.CALLEE.action(c));
            }
            return;
        }
        if (place != 0) {
            addFetches(state, actions, c, base, places.siteAt(place), places.offset(place));
            return;
        }
        Op op = ops[cpu.pc.getInt(state, frame)];
        switch (op.code) {
            case EXECUTE -> addFetches(state, actions, c, base, op.number, 0);
            case END -> {
                if (ContextKind.of(cpu.kind.getInt(state, frame)).returnsByIret()) {
                    if (drained(state, base) || !iretSerializes) {
                        actions.add(ActionKind.IRET.action(c));
                    }
                } else if (cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                        && layout.stopPhase.get(state, 0) == 3) {
                    actions.add(ActionKind.LEAVE.action(c));
                }
            }
            case TEXT_POKE -> {
                if (!tso) {
                    addPieces(actions, ActionKind.STEP, c, op.number, cpu.storedPieces.getInt(state, frame));
                } else if (roomToStore(state, base)) {
                    actions.add(ActionKind.STEP.action(c));
                }
            }
            default -> {
                if (canStep(state, op, c, base, frame)) {
                    actions.add(ActionKind.STEP.action(c));
                }
            }
        }
    }

    private void addFetches(long[] state, ActionList actions, int c, int base, int site, int offset) {
        int[] fetches = views[site].fetches(cpu.views[site].getInt(state, base), offset);
        for (int id : fetches) {
            actions.add(ActionKind.FETCH.action(c, id << 1));
            if (views[site].fetched(id).insn().kind().isConditional()) {
                actions.add(ActionKind.FETCH.action(c, id << 1 | 1));
            }
        }
    }

    /** Whether an operation that is neither a fetch nor a text store can execute now. */
    private boolean canStep(long[] state, Op op, int c, int base, int frame) {
        return switch (op.code) {
            case STORE -> roomToStore(state, base);
            case RMW, COMPARE_EXCHANGE, FENCE, SEND_NMI -> drained(state, base);
            case SERIALIZE ->
                drained(state, base) || !(scenario.profile().serializes(op.sync) || op.sync.drainsStores());
            case AWAIT -> {
                evaluator.context(state, c, base, frame);
                yield evaluator.value(op.expr) != 0 || evaluator.faults() != 0;
            }
            case AWAIT_EXCHANGE -> drained(state, base) && exchangeWouldSucceed(state, op, c, base, frame);
            case SYNC_SEND -> drained(state, base);
            case SYNC_WAIT -> noOther(state, c, CpuCondition.WAITS_FOR_SYNC);
            case STOP_BEGIN -> layout.stopPhase.get(state, 0) == 0;
            case STOP_RUN -> noOther(state, c, CpuCondition.NOT_ARRIVED);
            case STOP_DONE -> noOther(state, c, CpuCondition.FUNCTION_RUNS);
            case STOP_RETURN -> noOther(state, c, CpuCondition.NOT_LEFT);
            case STOP_WAIT -> false;
            default -> true;
        };
    }

    private boolean exchangeWouldSucceed(long[] state, Op op, int c, int base, int frame) {
        evaluator.context(state, c, base, frame);
        int cell = evaluator.cell(op.variable, op.index);
        return cell < 0 || memory.read(state, cell) == evaluator.value(op.expr);
    }

    /** What one CPU may be waiting for another to leave behind. */
    private enum CpuCondition {
        WAITS_FOR_SYNC,
        NOT_ARRIVED,
        FUNCTION_RUNS,
        NOT_LEFT
    }

    private boolean noOther(long[] state, int c, CpuCondition condition) {
        for (int other = 0; other < layout.cpus; other++) {
            if (other != c && holds(state, condition, c, layout.cpuBase(other))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(long[] state, CpuCondition condition, int c, int other) {
        return switch (condition) {
            case WAITS_FOR_SYNC -> (cpu.syncRequests.get(state, other) >>> c & 1) != 0;
            case NOT_ARRIVED -> cpu.kind.get(state, cpu.topFrame(state, other)) != ContextKind.STOPPER.ordinal();
            case FUNCTION_RUNS -> cpu.stopState.get(state, other) != 2;
            case NOT_LEFT -> cpu.stopState.get(state, other) != 0;
        };
    }

    /** Whether {@code other} is one of the CPUs that CPU {@code c} waits for at an operation of sync* or stop_machine. */
    boolean blocks(long[] state, Op op, int c, int other) {
        int base = layout.cpuBase(other);
        return switch (op.code) {
            case SYNC_WAIT -> holds(state, CpuCondition.WAITS_FOR_SYNC, c, base);
            case STOP_RUN -> holds(state, CpuCondition.NOT_ARRIVED, c, base);
            case STOP_DONE -> holds(state, CpuCondition.FUNCTION_RUNS, c, base);
            case STOP_RETURN -> holds(state, CpuCondition.NOT_LEFT, c, base);
            default -> false;
        };
    }

    private boolean drained(long[] state, int base) {
        return !tso || cpu.buffer.size(state, base) == 0;
    }

    private boolean roomToStore(long[] state, int base) {
        if (tso && cpu.buffer.isFull(state, base)) {
            reached |= Reached.FULL_BUFFER.bit();
            return false;
        }
        return true;
    }

    private void enabledInterrupts(long[] state, ActionList actions, int c, int base, int frame) {
        if (scenario.nmi() == NmiModel.LATCHED ? !cpu.inNmi.isSet(state, base) : !cpu.nmiBlocked.isSet(state, base)) {
            if (cpu.nmiBudget.isSet(state, base)) {
                actions.add(ActionKind.NMI.action(c));
            }
            if (cpu.nmiPending.isSet(state, base)) {
                actions.add(ActionKind.NMI_SENT.action(c));
            }
        }
        if (cpu.mcBudget.isSet(state, base) && !cpu.inMc.isSet(state, base)) {
            actions.add(ActionKind.MC.action(c));
        }
        int kind = cpu.kind.getInt(state, frame);
        boolean thread = kind == ContextKind.THREAD.ordinal();
        boolean waitsForStop = kind == ContextKind.STOPPER.ordinal() && layout.stopPhase.get(state, 0) == 1;
        if (!cpu.interruptFlag.isSet(state, base) || !(thread || waitsForStop)) {
            return;
        }
        if (cpu.syncRequests.isSet(state, base) && (drained(state, base) || !ipiSerializes)) {
            actions.add(ActionKind.IPI.action(c));
        }
        if (cpu.irqBudget.isSet(state, base)) {
            actions.add(ActionKind.IRQ.action(c));
        }
        if (thread
                && layout.stopPhase.get(state, 0) == 1
                && layout.stopper.get(state, 0) != c
                && !cpu.preemptOff.isSet(state, base)) {
            actions.add(ActionKind.STOP.action(c));
        }
    }

    // ---- apply

    @Override
    public long apply(long[] state, int action) {
        incidents = 0;
        int c = ActionKind.cpu(action);
        int base = layout.cpuBase(c);
        int detail = ActionKind.detail(action);
        switch (ActionKind.of(action)) {
            case STEP -> step(state, c, base, detail);
            case FETCH -> fetch(state, base, detail >> 1, (detail & 1) != 0);
            case CALLEE -> callee(state, base);
            case RETURN -> returnFromCallee(state, base, cpu.topFrame(state, base));
            case IRET -> iret(state, base);
            case DRAIN -> drain(state, base, detail);
            case NMI -> {
                cpu.nmiBudget.set(state, base, cpu.nmiBudget.get(state, base) - 1);
                deliverNmi(state, base);
            }
            case NMI_SENT -> {
                cpu.nmiPending.set(state, base, 0);
                deliverNmi(state, base);
            }
            case IRQ -> {
                cpu.irqBudget.set(state, base, cpu.irqBudget.get(state, base) - 1);
                reachedDuringPatch(state, Reached.IRQ_DURING_PATCH);
                deliver(state, base, ContextKind.IRQ, program.irqStart);
            }
            case MC -> {
                cpu.mcBudget.set(state, base, cpu.mcBudget.get(state, base) - 1);
                reachedDuringPatch(state, Reached.MC_DURING_PATCH);
                if (deliver(state, base, ContextKind.MC, program.mcStart)) {
                    cpu.inMc.set(state, base, 1);
                }
            }
            case IPI -> {
                if (ipiSerializes) {
                    serialize(state, base);
                }
                if (scenario.nmi() == NmiModel.HARDWARE) {
                    cpu.nmiBlocked.set(state, base, 0);
                }
                cpu.syncRequests.set(state, base, 0);
            }
            case STOP -> {
                deliver(state, base, ContextKind.STOPPER, program.stopWait);
                cpu.interruptFlag.set(state, base, 1);
                cpu.stopState.set(state, base, 1);
            }
            case LEAVE -> {
                cpu.pop(state, base);
                cpu.stopState.set(state, base, 0);
            }
        }
        if (incidents == 0) {
            settle(state, c, cpu.topFrame(state, base));
        }
        return incidents;
    }

    private void incident(Incident incident) {
        incidents |= incident.bit();
    }

    private void reachedDuringPatch(long[] state, Reached what) {
        if (patching(state)) {
            reached |= what.bit();
        }
    }

    private boolean patching(long[] state) {
        for (int s = 0; s < sites.length; s++) {
            if (layout.begun[s].get(state, 0) != layout.returned[s].get(state, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Runs local operations up to the next one that is not; clears what is dead there. */
    private void settle(long[] state, int c, int frame) {
        if (cpu.place.isSet(state, frame)) {
            return;
        }
        int base = layout.cpuBase(c);
        int pc = cpu.pc.getInt(state, frame);
        if (scenario.mergeLocal()) {
            for (int n = 0; ops[pc].local && ops[pc].code != OpCode.END && incidents == 0; n++) {
                if (n == ENDLESS) {
                    incident(Incident.ENDLESS);
                    return;
                }
                execute(state, ops[pc], c, base, frame, 0);
                pc = cpu.pc.getInt(state, frame);
            }
        }
        Op op = ops[pc];
        for (int i = 0; i < op.keep.length; i++) {
            state[frame + i] &= op.keep[i];
        }
        if (op.code == OpCode.END
                && cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                && cpu.stopState.get(state, base) == 1) {
            cpu.stopState.set(state, base, 2);
        }
    }

    private void step(long[] state, int c, int base, int detail) {
        int frame = cpu.topFrame(state, base);
        execute(state, ops[cpu.pc.getInt(state, frame)], c, base, frame, detail);
    }

    /** Executes one operation and moves the program counter. */
    private void execute(long[] state, Op op, int c, int base, int frame, int detail) {
        evaluator.context(state, c, base, frame);
        int next = cpu.pc.getInt(state, frame) + 1;
        switch (op.code) {
            case ASSIGN -> setLocal(state, frame, op.local0, evaluator.value(op.expr));
            case STORE -> store(state, base, evaluator.cell(op.variable, op.index), evaluator.value(op.expr));
            case RMW -> rmw(state, frame, op);
            case COMPARE_EXCHANGE, AWAIT_EXCHANGE -> exchange(state, frame, op);
            case BRANCH_FALSE -> next = evaluator.value(op.expr) == 0 ? op.target : next;
            case JUMP -> next = op.target;
            case TEXT_POKE -> {
                if (!textPoke(state, base, frame, op.number, detail)) {
                    next--;
                }
            }
            case SERIALIZE -> {
                if (scenario.profile().serializes(op.sync)) {
                    serialize(state, base);
                }
                if (op.sync == Sync.IRET && scenario.nmi() == NmiModel.HARDWARE) {
                    cpu.nmiBlocked.set(state, base, 0);
                }
            }
            case SYNC_SEND -> {
                if (scenario.profile().serializes(op.sync)) {
                    serialize(state, base);
                }
                for (int other = 0; other < layout.cpus; other++) {
                    if (other != c) {
                        int o = layout.cpuBase(other);
                        cpu.syncRequests.set(state, o, cpu.syncRequests.get(state, o) | 1L << c);
                    }
                }
            }
            case SEND_NMI -> {
                int target = evaluator.value(op.expr);
                if (target < 0 || target >= layout.cpus) {
                    incident(Incident.INDEX);
                } else {
                    cpu.nmiPending.set(state, layout.cpuBase(target), 1);
                }
            }
            case SET_IF -> cpu.interruptFlag.set(state, base, op.flag ? 1 : 0);
            case SET_PREEMPTION -> cpu.preemptOff.set(state, base, op.flag ? 0 : 1);
            case STOP_BEGIN -> {
                layout.stopPhase.set(state, 0, 1);
                layout.stopper.set(state, 0, c);
            }
            case STOP_RUN -> startStopped(state, c, base, op.number);
            case STOP_DONE -> {
                layout.stopPhase.set(state, 0, 3);
                cpu.interruptFlag.set(state, base, 1);
            }
            case STOP_RETURN -> {
                layout.stopPhase.set(state, 0, 0);
                layout.stopper.set(state, 0, 0);
            }
            case BUG_ON -> {
                if (evaluator.value(op.expr) != 0) {
                    incident(Incident.BUG_ON);
                }
            }
            case PATCH_MARK -> {
                layout.begun[op.number].set(state, 0, op.version);
                if (op.flag) {
                    layout.returned[op.number].set(state, 0, op.version);
                }
            }
            case UNHANDLED -> incident(Incident.UNHANDLED_INT3);
            case SET_SAVED_ADDRESS -> setSavedAddress(state, base, evaluator.value(op.expr));
            case EMULATE -> emulate(state, base, op);
            case OBJECT_LIFE -> layout.alive[op.number].set(state, 0, op.flag ? 1 : 0);
            case PATH_BEGIN -> cpu.path.set(state, frame, 0);
            case AWAIT, FENCE, SYNC_WAIT, REST -> {
                // Only the condition to get here mattered.
            }
            case EXECUTE, END, STOP_WAIT -> throw new IllegalStateException(op.code + " is no step");
        }
        incidents |= evaluator.faults();
        cpu.pc.set(state, frame, next);
    }

    private void setLocal(long[] state, int frame, int local, int value) {
        if (local < 0) {
            return;
        }
        int pc = cpu.pc.getInt(state, frame);
        if (value < program.localMin(pc, local) || value > program.localMax(pc, local)) {
            incident(Incident.RANGE);
            return;
        }
        cpu.locals[local].set(state, frame, value - program.localMin(pc, local));
    }

    // ---- data memory

    private void store(long[] state, int base, int cell, int value) {
        if (cell < 0) {
            return;
        }
        if (!memory.holds(cell, value)) {
            incident(Incident.RANGE);
        } else if (tso) {
            cpu.buffer.append(state, base, cell, memory.encode(cell, value));
        } else {
            memory.write(state, cell, value);
        }
    }

    private void rmw(long[] state, int frame, Op op) {
        int cell = evaluator.cell(op.variable, op.index);
        if (cell < 0) {
            return;
        }
        int old = memory.read(state, cell);
        int value = op.rmw.apply(old, evaluator.value(op.expr));
        if (!memory.holds(cell, value)) {
            incident(Incident.RANGE);
            return;
        }
        memory.write(state, cell, value);
        setLocal(state, frame, op.local0, old);
    }

    private void exchange(long[] state, int frame, Op op) {
        int cell = evaluator.cell(op.variable, op.index);
        if (cell < 0) {
            return;
        }
        boolean success = memory.read(state, cell) == evaluator.value(op.expr);
        int desired = evaluator.value(op.desired);
        if (success && !memory.holds(cell, desired)) {
            incident(Incident.RANGE);
        } else if (success) {
            memory.write(state, cell, desired);
        }
        setLocal(state, frame, op.local0, success ? 1 : 0);
    }

    private void drain(long[] state, int base, int piece) {
        int target = cpu.buffer.target(state, base, 0);
        if (target < memory.cells()) {
            memory.writeEncoded(state, target, cpu.buffer.value(state, base, 0));
            cpu.buffer.removeOldest(state, base);
            return;
        }
        int store = target - memory.cells();
        long done = cpu.drainedPieces.get(state, base) | 1L << piece;
        writeText(state, store, piece);
        if (Long.bitCount(done) == pieces.count(store)) {
            cpu.drainedPieces.set(state, base, 0);
            cpu.buffer.removeOldest(state, base);
        } else {
            cpu.drainedPieces.set(state, base, done);
        }
    }

    // ---- text

    /** Executes a text store, or one piece of it; returns whether the statement is done. */
    private boolean textPoke(long[] state, int base, int frame, int store, int piece) {
        if (tso) {
            cpu.buffer.append(state, base, memory.cells() + store, 0);
            return true;
        }
        writeText(state, store, piece);
        if (pieces.count(store) == 1) {
            return true;
        }
        long done = cpu.storedPieces.get(state, frame) | 1L << piece;
        boolean all = Long.bitCount(done) == pieces.count(store);
        cpu.storedPieces.set(state, frame, all ? 0 : done);
        return all;
    }

    private void writeText(long[] state, int store, int piece) {
        int s = pieces.site(store);
        long old = layout.content[s].get(state, 0);
        long content = pieces.write(store, piece, old);
        if (content == old) {
            return;
        }
        layout.content[s].set(state, 0, content);
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.views[s].set(state, base, views[s].stored(cpu.views[s].getInt(state, base), content));
        }
    }

    /** Ends staleness for a CPU. */
    private void serialize(long[] state, int base) {
        for (int s = 0; s < sites.length; s++) {
            long content = layout.content[s].get(state, 0);
            cpu.views[s].set(state, base, views[s].serialized(cpu.views[s].getInt(state, base), content));
        }
    }

    private void fetch(long[] state, int base, int id, boolean jumps) {
        int frame = cpu.topFrame(state, base);
        int place = cpu.place.getInt(state, frame);
        int s = place == 0 ? ops[cpu.pc.getInt(state, frame)].number : places.siteAt(place);
        Site site = sites[s];
        Fetched fetched = views[s].fetched(id);
        if (fetched.differsFrom(layout.content[s].get(state, 0))) {
            reached |= Reached.STALE_FETCH.bit();
        }
        cpu.views[s].set(state, base, views[s].afterFetch(cpu.views[s].getInt(state, base), id));
        if (!cpu.versions.isSet(state, frame)) {
            beginExecution(state, frame, s);
        }
        if (fetched.isBreakpoint()) {
            breakpoint(state, base, frame, site, fetched.offset());
            return;
        }
        if (fetched.versions() == 0) {
            boolean inside =
                    fetched.offset() > 0 && !site.isBoundary(layout.begun[s].getInt(state, 0), fetched.offset());
            incident(inside ? Incident.MID_INSTRUCTION : Incident.TORN);
            return;
        }
        consistentWith(state, frame, fetched.versions(), Incident.MIXED);
        if (incidents == 0) {
            run(state, base, frame, site, fetched, jumps);
        }
    }

    private void beginExecution(long[] state, int frame, int s) {
        cpu.versions.set(state, frame, (1L << sites[s].versions()) - 1);
        if (scenario.watch().stale()) {
            cpu.returned.set(state, frame, layout.returned[s].get(state, 0));
        }
        if (scenario.watch().backwards()) {
            cpu.seen.set(state, frame, layout.seen[s].get(state, 0));
        }
        long begun = layout.begun[s].get(state, 0);
        if (begun != layout.returned[s].get(state, 0)) {
            reached |= Reached.SITE_DURING_PATCH.bit();
        } else if (begun > 0) {
            reached |= Reached.SITE_AFTER_PATCH.bit();
        }
    }

    /** Narrows an execution to some versions; none left is the given incident, only too old ones left is staleness. */
    private void consistentWith(long[] state, int frame, int versions, Incident otherwise) {
        long left = cpu.versions.get(state, frame) & versions;
        if (left == 0) {
            incident(otherwise);
            return;
        }
        cpu.versions.set(state, frame, left);
        if (left >>> cpu.returned.get(state, frame) == 0) {
            incident(Incident.STALE);
        }
    }

    /** Executes an instruction that at least one version has at this place. */
    private void run(long[] state, int base, int frame, Site site, Fetched fetched, boolean jumps) {
        Insn insn = fetched.insn();
        int behind = places.of(site, fetched.next());
        switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> {
                if (cpu.returnTo.isSet(state, frame)) {
                    incident(Incident.RECURSION);
                    return;
                }
                cpu.returnTo.set(state, frame, behind);
                enter(state, base, frame, functions.placeOf(site, insn));
            }
            case JMP_REL32, JMP_REL8 -> enter(state, base, frame, functions.placeOf(site, insn));
            case JCC_REL32, JCC_REL8 -> enter(state, base, frame, jumps ? functions.placeOf(site, insn) : behind);
            case RET -> finishExecution(state, frame, site);
            case UD2 -> incident(Incident.UD2);
            case INLINE -> {
                if (functions.inlineHasEffect(site)) {
                    inlineEffect(state, base);
                }
                enter(state, base, frame, behind);
            }
            case NOP, ENDBR64, OTHER, INT3 -> enter(state, base, frame, behind);
        }
    }

    private void inlineEffect(long[] state, int base) {
        store(state, base, functions.effectCell(memory), functions.effectValue());
    }

    /** Moves an execution to a place: in its site, at its end, or in a function. */
    private void enter(long[] state, int base, int frame, int place) {
        cpu.place.set(state, frame, place);
        if (place < places.firstFunction()) {
            int s = places.siteAt(place);
            if (places.offset(place) == sites[s].length()) {
                finishExecution(state, frame, sites[s]);
            }
        } else if (scenario.mergeLocal() && !functions.hasEffect(place - places.firstFunction())) {
            returnFromCallee(state, base, frame);
        }
    }

    private void callee(long[] state, int base) {
        inlineEffect(state, base);
        returnFromCallee(state, base, cpu.topFrame(state, base));
    }

    /** RET of a function: to the return address that the site pushed, or, after a jump, to whoever called the site. */
    private void returnFromCallee(long[] state, int base, int frame) {
        int to = cpu.returnTo.getInt(state, frame);
        if (to == 0) {
            finishExecution(state, frame, sites[ops[cpu.pc.getInt(state, frame)].number]);
        } else {
            cpu.returnTo.set(state, frame, 0);
            enter(state, base, frame, to);
        }
    }

    private void finishExecution(long[] state, int frame, Site site) {
        long versions = cpu.versions.get(state, frame);
        if (scenario.watch().backwards()) {
            if (versions >>> cpu.seen.get(state, frame) == 0) {
                incident(Incident.BACKWARDS);
            }
            int oldest = Long.numberOfTrailingZeros(versions);
            if (oldest > layout.seen[site.index()].get(state, 0)) {
                layout.seen[site.index()].set(state, 0, oldest);
            }
        }
        if (cpu.path.bits() > 0) {
            long path = cpu.path.get(state, frame);
            long agreed = path == 0 ? versions : path & versions;
            if (agreed == 0) {
                incident(Incident.GROUP);
            }
            cpu.path.set(state, frame, agreed == 0 ? versions : agreed);
        }
        if ((versions & 1) == 0) {
            reached |= Reached.NEW_CODE.bit();
        }
        cpu.versions.set(state, frame, 0);
        cpu.returned.set(state, frame, 0);
        cpu.seen.set(state, frame, 0);
        cpu.place.set(state, frame, 0);
        cpu.pc.set(state, frame, cpu.pc.get(state, frame) + 1);
    }

    // ---- contexts

    /** Pushes a context; returns whether there was room for it. */
    private boolean deliver(long[] state, int base, ContextKind kind, int start) {
        if (cpu.top.getInt(state, base) + 1 == cpu.depth()) {
            incident(Incident.RECURSION);
            return false;
        }
        cpu.push(state, base, kind, start);
        return true;
    }

    private void deliverNmi(long[] state, int base) {
        reachedDuringPatch(state, Reached.NMI_DURING_PATCH);
        if (cpu.inNmi.isSet(state, base)) {
            incident(Incident.NMI_OVERWROTE_FRAME);
            return;
        }
        if (deliver(state, base, ContextKind.NMI, program.nmiStart)) {
            cpu.inNmi.set(state, base, 1);
            cpu.nmiBlocked.set(state, base, scenario.nmi() == NmiModel.HARDWARE ? 1 : 0);
        }
    }

    private void breakpoint(long[] state, int base, int frame, Site site, int offset) {
        reached |= Reached.BREAKPOINT.bit();
        if (cpu.inNmi.isSet(state, base)) {
            reached |= Reached.BREAKPOINT_IN_NMI.bit();
        }
        cpu.place.set(state, frame, places.of(site, offset) + 1L);
        if (!program.handlesBreakpoints) {
            incident(Incident.UNHANDLED_INT3);
        } else if (deliver(state, base, ContextKind.BP, program.breakpointStart)) {
            cpu.trapped.set(state, cpu.topFrame(state, base), places.of(site, offset));
        }
    }

    private void iret(long[] state, int base) {
        int frame = cpu.topFrame(state, base);
        ContextKind kind = ContextKind.of(cpu.kind.getInt(state, frame));
        int trapped = cpu.trapped.getInt(state, frame);
        cpu.pop(state, base);
        if (iretSerializes) {
            serialize(state, base);
        }
        cpu.nmiBlocked.set(state, base, 0);
        switch (kind) {
            case NMI -> cpu.inNmi.set(state, base, 0);
            case MC -> cpu.inMc.set(state, base, 0);
            case BP -> judge(state, base, cpu.topFrame(state, base), trapped);
            default -> {
                // Nothing of its own to undo.
            }
        }
    }

    private void setSavedAddress(long[] state, int base, int place) {
        int level = cpu.top.getInt(state, base);
        if (level == 0 || place < 0 || place > cpu.place.max()) {
            incident(Incident.RANGE);
            return;
        }
        cpu.place.set(state, cpu.frame(base, level - 1), place);
    }

    private void emulate(long[] state, int base, Op op) {
        Site site = sites[op.number];
        Insn insn = site.instruction(op.version, 0);
        int below = cpu.frame(base, cpu.top.getInt(state, base) - 1);
        int behind = places.of(site, insn.length());
        switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> {
                if (!op.flag) {
                    incident(Incident.EMULATION_OVERWROTE_FRAME);
                } else if (cpu.returnTo.isSet(state, below)) {
                    incident(Incident.RECURSION);
                } else {
                    cpu.returnTo.set(state, below, behind);
                    cpu.place.set(state, below, functions.placeOf(site, insn));
                }
            }
            case JMP_REL32, JMP_REL8 -> cpu.place.set(state, below, functions.placeOf(site, insn));
            case NOP, ENDBR64 -> cpu.place.set(state, below, behind);
            default -> incident(Incident.BUG_ON);
        }
    }

    /** Judges what a breakpoint handler made of the context that trapped, and lets it go on. */
    private void judge(long[] state, int base, int frame, int trapped) {
        int place = cpu.place.getInt(state, frame);
        if (place == trapped) {
            return;
        }
        Site site = sites[places.siteAt(trapped)];
        int offset = places.offset(trapped);
        if (place == trapped + 1 && !site.isBoundary(layout.begun[site.index()].getInt(state, 0), offset + 1)) {
            return;
        }
        int done = 0;
        boolean calls = false;
        for (int v = 0; v < site.versions(); v++) {
            if ((cpu.versions.get(state, frame) >>> v & 1) != 0 && site.isBoundary(v, offset)) {
                Insn insn = site.instruction(v, offset);
                calls |= functions.leaves(insn);
                if (functions.didIt(site, offset, insn, place, cpu.returnTo.getInt(state, frame))) {
                    done |= 1 << v;
                }
            }
        }
        boolean skipped = place < places.firstFunction() && calls;
        consistentWith(state, frame, done, skipped ? Incident.LOST_CALL : Incident.WRONG_TARGET);
        if (incidents == 0) {
            enter(state, base, frame, place);
        }
    }

    /** All CPUs have arrived: IF=0 everywhere, and everybody's function begins. */
    private void startStopped(long[] state, int c, int base, int function) {
        layout.stopPhase.set(state, 0, 2);
        cpu.interruptFlag.set(state, base, 0);
        for (int other = 0; other < layout.cpus; other++) {
            if (other != c) {
                int o = layout.cpuBase(other);
                cpu.interruptFlag.set(state, o, 0);
                int frame = cpu.topFrame(state, o);
                cpu.pc.set(state, frame, function);
                settle(state, other, frame);
            }
        }
    }
}
