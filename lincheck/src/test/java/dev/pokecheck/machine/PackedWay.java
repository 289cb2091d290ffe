// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.data.Var;
import dev.pokecheck.lincheck.Way;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.TableRoom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The packed machine, driven by the rules of threads: interrupts are taken at once, steps that only touch their CPU are part of the step behind
 * them, text stores go byte by byte, and a fetch sees the oldest that it may. Neither reduced nor merged.
 */
public final class PackedWay implements Way {
    private static final int NONE = -1;
    private static final int MOST = 1_000;
    /** The event of an execution that has ended, and where it has its versions. */
    private static final int ENDED = 1;

    private static final int RETURNED = 3;
    private static final int VERSIONS = 16;

    /** Taken before anything else, in this order. */
    private static final List<ActionKind> INTERRUPTS = List.of(ActionKind.NMI_SENT, ActionKind.IPI, ActionKind.STOP);

    /** Steps with a label that touch only their CPU, or only tell a monitor something. */
    private static final Set<String> LOCAL = Set.of(
            "Fence", "Serialize", "SetInterruptFlag", "SetPreemption", "PatchMark", "Emulate", "PathBegin", "Rest");

    private final Machine machine;
    private final MachineTables tables;
    private final IntBinaryOperator versionClass;
    private final boolean stale;
    private final long[] state;
    private final ActionList enabled = new ActionList();
    /** Whether a CPU in stop_machine has said that its function is done: to threads that is a step, to this machine it is none. */
    private final boolean[] through;

    private final List<String> results = new ArrayList<>();
    private int returned;
    /** The versions that CPU 0 has not yet brought; with the last one, its thread ends. */
    private int versionsLeft;

    /**
     * A machine in its initial state.
     *
     * @param versionClass which version an execution of a site is called that has executed a version
     * @param change what becomes of each step; the steps themselves for a machine that does all right
     */
    public PackedWay(Scenario scenario, Protocol protocol, IntBinaryOperator versionClass, UnaryOperator<Step> change) {
        Hardware hw = new Hardware(scenario.with(b -> b.mergeLocal(false).reduce(false)), protocol, new TableRoom());
        tables = hw.tables;
        Step[] steps = tables.steps.steps;
        for (int pc = 0; pc < steps.length; pc++) {
            steps[pc] = change.apply(steps[pc]);
        }
        machine = new Machine(hw, false, new Enabling(hw), Accesses.of(tables.graph, protocol));
        this.versionClass = versionClass;
        stale = scenario.fetch() == FetchModel.STALE_INSN;
        through = new boolean[machine.agents()];
        state = new long[machine.words()];
        versionsLeft = tables.sites[0].versions() - 1;
        machine.initial(state);
    }

    @Override
    public String step(int cpu) {
        for (int n = 0; n < MOST; n++) {
            int action = next(cpu, n == 0);
            if (action == NONE) {
                return finishesFunction(cpu) ? RAN : WAITS;
            }
            ActionKind kind = ActionKind.of(action);
            boolean seen = kind != ActionKind.STEP || isSeen(top(cpu));
            through[cpu] &= kind != ActionKind.LEAVE;
            String fault = apply(action);
            if (!fault.isEmpty()) {
                return fault;
            }
            if (seen || takeReturned()) {
                return returnFromFunction(cpu);
            }
        }
        return "endless";
    }

    private static boolean isSeen(Step step) {
        return !step.isLocal() && !LOCAL.contains(name(step));
    }

    private static String name(Step step) {
        return step.getClass().getSimpleName();
    }

    /** The step of the graph at which the top context of a CPU stands. */
    private Step top(int cpu) {
        return tables.graph.step(tables.cpu.pc.getInt(state, frame(cpu)));
    }

    private int frame(int cpu) {
        return tables.cpu.topFrame(state, tables.layout.cpuBase(cpu));
    }

    private int next(int cpu, boolean first) {
        machine.enabled(state, enabled);
        for (ActionKind interrupt : INTERRUPTS) {
            int action = find(cpu, interrupt);
            if (first && action != NONE) {
                return action;
            }
        }
        boolean ended = cpu == 0 && versionsLeft == 0 && !tables.cpu.top.isSet(state, tables.layout.cpuBase(0));
        if (ended || (name(top(cpu)).equals("StopDone") && someoneHasNotSaid(cpu))) {
            return NONE;
        }
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (ActionKind.cpu(action) == cpu && !INTERRUPTS.contains(ActionKind.of(action))) {
                return ActionKind.of(action) == ActionKind.FETCH ? fetch(cpu) : action;
            }
        }
        return NONE;
    }

    private int find(int cpu, ActionKind kind) {
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (ActionKind.cpu(action) == cpu && ActionKind.of(action) == kind) {
                return action;
            }
        }
        return NONE;
    }

    private int fetch(int cpu) {
        int found = NONE;
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (ActionKind.cpu(action) == cpu
                    && ActionKind.of(action) == ActionKind.FETCH
                    && (found == NONE || (stale && !machine.fetchesPresent(state, action)))) {
                found = action;
            }
        }
        return found;
    }

    /** Applies an action; what went wrong, as the name of a property. */
    private String apply(int action) {
        long incidents = machine.apply(state, action) & Incidents.FATAL;
        for (int i = 0; i < machine.events(); i++) {
            note(machine.event(i));
        }
        return incidents == 0 ? "" : Incidents.first(incidents).property().text();
    }

    private void note(long event) {
        int sort = (int) event & 7;
        returned += sort == RETURNED ? 1 : 0;
        int kind = (int) (event >>> 6) & 7;
        if (sort == ENDED && kind == ContextKind.THREAD.ordinal()) {
            int version = Long.numberOfTrailingZeros(event >>> VERSIONS);
            results.add("cpu" + (event >>> 3 & 7) + " v" + versionClass.applyAsInt((int) (event >>> 12) & 15, version));
        }
    }

    /** Whether the patch calls for a version of all sites have just returned. */
    private boolean takeReturned() {
        if (returned < tables.sites.length) {
            return false;
        }
        returned = 0;
        versionsLeft--;
        return true;
    }

    /** What a called function does is none of what threads can see. */
    private String returnFromFunction(int cpu) {
        machine.enabled(state, enabled);
        int back = find(cpu, ActionKind.RETURN);
        while (back != NONE) {
            String fault = apply(back);
            if (!fault.isEmpty()) {
                return fault;
            }
            machine.enabled(state, enabled);
            back = find(cpu, ActionKind.RETURN);
        }
        return RAN;
    }

    private boolean isThrough(int cpu) {
        return tables.cpu.kind.getInt(state, frame(cpu)) == ContextKind.STOPPER.ordinal() && top(cpu).isEnd();
    }

    private boolean finishesFunction(int cpu) {
        boolean finishes = isThrough(cpu) && !through[cpu];
        through[cpu] |= finishes;
        return finishes;
    }

    private boolean someoneHasNotSaid(int than) {
        boolean someone = false;
        for (int cpu = 0; cpu < through.length; cpu++) {
            someone |= cpu != than && isThrough(cpu) && !through[cpu];
        }
        return someone;
    }

    @Override
    public String state() {
        List<String> all = new ArrayList<>();
        for (Var var : tables.protocol.variables()) {
            for (int i = 0; i < var.length(); i++) {
                all.add(var.name() + "=" + tables.memory.read(state, tables.memory.cell(var.id(), i)));
            }
        }
        for (int s = 0; s < tables.sites.length; s++) {
            all.add(HexFormat.of().formatHex(tables.texts[s].bytes(tables.layout.content[s].get(state, 0))));
        }
        for (int cpu = 0; cpu < through.length; cpu++) {
            all.add("depth " + tables.cpu.top.getInt(state, tables.layout.cpuBase(cpu)));
        }
        all.addAll(results);
        return String.join(", ", all);
    }
}
