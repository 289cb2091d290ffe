// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.TableRoom;
import java.util.Arrays;
import java.util.List;

/**
 * The transition system of a protocol in a scenario: several x86 CPUs that execute the protocol's routines and the patched sites.
 * The rules are in the package documentation; each method names the one it follows.
 *
 * <p>A machine is confined to one thread, as it has state of its own: tables of fetch histories, which grow ({@link #tables}); the situations
 * met so far ({@link #reached}); the incidents, events and progress of the last action ({@code StepLog}), and the actions merged into it; and
 * where its {@link #host} looks. {@link #unreduced} shares all of it but the merged actions.
 */
public final class Machine implements TransitionSystem {
    /** The bits of a {@link #situation}. */
    public static final int SITUATION_BITS = PatchPhase.BITS + Situations.BITS;

    private final Hardware hw;
    private final Enabling enabling;
    private final Accesses accesses;
    private final MachineTables tables;
    private final StepLog log;
    private final CpuRules rules;
    private final Contexts contexts;
    private final Operations operations;
    private final ActionText names;
    private final Situations situations;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Races races;

    /** Builds the machine of a protocol that was recorded for the scenario's {@link Scenario#setting()}. */
    public Machine(Scenario scenario, Protocol protocol) {
        this(scenario, protocol, new TableRoom());
    }

    /** The same with less room for its tables, for tests. */
    Machine(Scenario scenario, Protocol protocol, TableRoom room) {
        this(new Hardware(scenario, protocol, room), scenario.reduce());
    }

    private Machine(Hardware hw, boolean reduce) {
        this(hw, reduce, new Enabling(hw), Accesses.of(hw.tables.graph, hw.tables.protocol));
    }

    /** The same with other conditions and accesses of operations, for tests that ask which check would notice. */
    Machine(Hardware hw, boolean reduce, Enabling enabling, Accesses accesses) {
        this.hw = hw;
        this.enabling = enabling;
        this.accesses = accesses;
        tables = hw.tables;
        log = hw.log;
        layout = tables.layout;
        cpu = tables.cpu;
        rules = tables.rules;
        contexts = hw.contexts;
        operations = new Operations(hw, new Reduction(tables, enabling, accesses), reduce);
        names = new ActionText(tables);
        situations = new Situations(hw);
        races = new Races(hw);
    }

    /** The same machine without the reduction; its actions and states are those of this one, and it has more of them. */
    public Machine unreduced() {
        return new Machine(hw, false, enabling, accesses);
    }

    /**
     * The schedule of {@link #unreduced} that does the same: each step that an action takes along follows it as an action of its own.
     *
     * @throws IllegalStateException if the two do not end in the same state, which would be a fault of the reduction
     */
    public int[] expand(int[] schedule) {
        Machine full = unreduced();
        long[] state = new long[words()];
        long[] fullState = new long[words()];
        ActionList all = new ActionList();
        full.initial(fullState);
        initial(state);
        addMerged(all);
        for (int action : schedule) {
            apply(state, action);
            all.add(action);
            addMerged(all);
        }
        int[] expanded = new int[all.size()];
        for (int i = 0; i < expanded.length; i++) {
            expanded[i] = all.get(i);
            full.apply(fullState, expanded[i]);
        }
        if (!Arrays.equals(state, fullState)) {
            throw new IllegalStateException("the reduction has changed what a schedule does");
        }
        return expanded;
    }

    private void addMerged(ActionList all) {
        for (int i = 0; i < operations.merged(); i++) {
            all.add(operations.mergedAction(i));
        }
    }

    /** The machine of a protocol definition in a scenario. */
    public static Machine of(Scenario scenario, String name, Protocol.Definition definition) {
        return new Machine(scenario, Protocol.record(name, scenario.setting(), definition));
    }

    // ---- what others may know

    /** The scenario. */
    public Scenario scenario() {
        return tables.scenario;
    }

    /** The protocol. */
    public Protocol protocol() {
        return tables.protocol;
    }

    /** The situations met by all actions applied so far, as bits of {@link Reached}. */
    public long reached() {
        return log.reached();
    }

    /** The plain accesses that race, in the states whose actions were asked for so far. */
    public List<String> races() {
        return races.found();
    }

    /** Forgets the situations met so far, and the races. */
    public void clearReached() {
        races.clear();
        log.setReached(0);
    }

    /** Takes back what was met since {@link #reached} said this. */
    public void setReached(long situations) {
        log.setReached(situations);
    }

    /** {@inheritDoc} These are the fetch histories of each site. With them goes {@link #reached}. */
    @Override
    public long[] tables() {
        return tables.save(log.reached());
    }

    @Override
    public void restore(long[] saved) {
        tables.restore(saved);
        log.setReached(saved[0]);
    }

    /** How far the patching of a site is: a {@link PatchPhase}. */
    public int phase(long[] state, int site) {
        return PatchPhase.of(tables, site, state);
    }

    /**
     * What is about to happen, coarsely: the phase of the site in question, the context on top of the CPU, the kind of action, and of a
     * fetch whether it sees a version, a breakpoint or neither. The site is the one that is fetched from, or else the first whose patch call is
     * under way. For a fuzzer that wants to know whether a run came to anything new; it neither allocates nor is it exact.
     *
     * @return a number of at most {@link #SITUATION_BITS} bits
     */
    public int situation(long[] state, int action) {
        return situations.of(state, action);
    }

    /**
     * The site that an enabled action is about: the one that is fetched from or executed, or whose breakpoint is handled.
     *
     * @return its number; -1 if it is about none
     */
    public int concerned(long[] state, int action) {
        return situations.concerned(state, action);
    }

    /** The first site whose patch call is under way; 0 if none is. */
    public int underWay(long[] state) {
        return situations.underWay(state);
    }

    /** The kinds of the contexts on the stack of a CPU as a number that is equal for equal stacks, and for no others. */
    public long contexts(long[] state, int c) {
        return situations.contexts(state, c);
    }

    /** Whether an enabled action is a fetch that sees what memory holds now. */
    public boolean fetchesPresent(long[] state, int action) {
        return situations.fetchesPresent(state, action);
    }

    /** What the parts of this machine share, for readers of its states. */
    public MachineTables model() {
        return tables;
    }

    /** What steps run on, for those who ask a step about a state. Running a step there changes that state. */
    public PackedHost host() {
        return hw.host;
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

    /**
     * {@inheritDoc} Each CPU has five: to step, unless its thread is at rest; to drain its store buffer; to take an NMI that was sent; to take an
     * IPI; to let stop_machine, or who suspends it, have the thread.
     */
    @Override
    public int duty(long[] state, int action) {
        int c = ActionKind.cpu(action);
        return switch (ActionKind.of(action)) {
            case NMI, IRQ, MC -> NO_DUTY;
            case STEP, FETCH, CALLEE, RETURN, IRET, LEAVE -> isAtRest(state, c) ? NO_DUTY : c;
            case DRAIN -> layout.cpus + c;
            case NMI_SENT -> 2 * layout.cpus + c;
            case IPI, CALL -> 3 * layout.cpus + c;
            case STOP, SUSPEND -> 4 * layout.cpus + c;
        };
    }

    /** {@inheritDoc} What pends is delivered at the first instruction boundary that lets it in, and a stopper thread preempts all others. */
    @Override
    public long promptDuties() {
        return (1L << (5 * layout.cpus)) - (1L << (2 * layout.cpus));
    }

    @Override
    public boolean progressed() {
        return log.progressed();
    }

    @Override
    public int events() {
        return log.events();
    }

    /** {@inheritDoc} See {@link Event}. */
    @Override
    public long event(int number) {
        return log.event(number);
    }

    /** Whether the thread of a CPU is on top and owes nothing. */
    public boolean isAtRest(long[] state, int c) {
        int frame = cpu.topFrame(state, layout.cpuBase(c));
        return cpu.kind.getInt(state, frame) == ContextKind.THREAD.ordinal()
                && tables.steps.rest[cpu.pc.getInt(state, frame)]
                && !cpu.place.isSet(state, frame)
                && !cpu.versions.isSet(state, frame);
    }

    @Override
    public String describe(long[] state, int action) {
        return names.name(state, action);
    }

    @Override
    public void initial(long[] state) {
        Arrays.fill(state, 0);
        for (Var var : tables.protocol.variables()) {
            for (int i = 0; i < var.length(); i++) {
                tables.memory.write(state, tables.memory.cell(var.id(), i), var.initial(i));
            }
        }
        tables.calls.initial(state);
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.interruptFlag.set(state, base, 1);
            cpu.nmiBudget.set(state, base, tables.scenario.nmiBudget().of(c));
            cpu.irqBudget.set(state, base, tables.scenario.irqBudget().of(c));
            cpu.mcBudget.set(state, base, tables.scenario.mcBudget().of(c));
            int frame = cpu.frame(base, 0);
            cpu.kind.set(state, frame, ContextKind.THREAD.ordinal());
            cpu.pc.set(state, frame, tables.graph.routines().threads().get(c));
        }
        log.clear();
        operations.begin();
        operations.settleFirst(state);
    }

    @Override
    public boolean complete(long[] state) {
        if (rules.rendezvous.isActive(state)) {
            return false;
        }
        for (int c = 0; c < layout.cpus; c++) {
            if (!isDone(state, c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a CPU has done what was asked of it so far: its thread has ended or rests, and nothing is pending; or it is offline. */
    public boolean isDone(long[] state, int c) {
        int base = layout.cpuBase(c);
        int frame = cpu.frame(base, 0);
        int pc = cpu.pc.getInt(state, frame);
        // What a thread that is still under way fails first, as this is asked of every state.
        return rules.hotplug.isOffline(state, base)
                || ((tables.steps.end[pc] || tables.steps.rest[pc])
                        && !cpu.top.isSet(state, base)
                        && !cpu.place.isSet(state, frame)
                        && !cpu.versions.isSet(state, frame)
                        && cpu.buffer.size(state, base) == 0
                        && rules.isUndisturbed(state, base));
    }

    @Override
    public long inspect(long[] state) {
        if (!complete(state)) {
            return 0;
        }
        log.reach(Reached.COMPLETE);
        for (int s = 0; s < tables.sites.length; s++) {
            if (!tables.sharedBytes.isAsRequested(state, s)) {
                return Incident.LOST_PATCH.bit();
            }
        }
        return 0;
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        races.look(state);
        enabling.enabled(state, actions, operations.reduces());
    }

    @Override
    public long apply(long[] state, int action) {
        log.clear();
        operations.begin();
        hw.changes.before(state);
        int c = ActionKind.cpu(action);
        int base = layout.cpuBase(c);
        act(state, action, c, base);
        if (log.canContinue()) {
            operations.settleAll(state, c);
        }
        hw.changes.after(state);
        return log.incidents();
    }

    private void act(long[] state, int action, int c, int base) {
        int detail = ActionKind.detail(action);
        switch (ActionKind.of(action)) {
            case STEP -> operations.step(state, c, base, detail);
            case FETCH -> hw.execution.fetch(state, base, ActionKind.fetched(action), ActionKind.jumps(action));
            case CALLEE -> hw.execution.callee(state, base);
            case RETURN -> hw.execution.returnFromCallee(state, base, cpu.topFrame(state, base));
            case IRET, LEAVE -> operations.end(state, c, base);
            case DRAIN -> operations.drain(state, c, base, detail);
            case NMI -> contexts.spontaneousNmi(state, base);
            case NMI_SENT -> contexts.sentNmi(state, base);
            case IRQ -> contexts.spontaneousIrq(state, base);
            case MC -> contexts.spontaneousMc(state, base);
            case IPI -> contexts.deliverIpi(state, base);
            case STOP -> contexts.stop(state, base);
            case SUSPEND -> rules.suspension.suspend(state, base);
            case CALL -> contexts.deliverCall(state, base, detail);
        }
    }
}
