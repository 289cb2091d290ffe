// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Layout;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.MachineTables;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Owing;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Waiting;
import dev.pokecheck.view.StateView.Helper;
import dev.pokecheck.view.StateView.Reason;
import dev.pokecheck.view.StateView.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What the top context of each CPU waits for, and on whom that depends. */
final class Waits {
    private static final Wait NOT_AT_ALL = new Wait(Reason.NOTHING, "", "", "", List.of());

    private final Machine machine;
    private final Portrait portrait;
    private final long[] state;
    private final MachineTables tables;
    private final Layout layout;
    private final CpuLayout cpu;
    /** The CPUs whose top context can take its next step. */
    private final TreeSet<Integer> moving = new TreeSet<>();

    Waits(Machine machine, Portrait portrait, long[] state) {
        this.machine = machine;
        this.portrait = portrait;
        this.state = state;
        tables = machine.model();
        layout = tables.layout;
        cpu = layout.cpu;
        ActionList actions = new ActionList();
        machine.enabled(state, actions);
        for (int i = 0; i < actions.size(); i++) {
            if (isOwnStep(ActionKind.of(actions.get(i)))) {
                moving.add(ActionKind.cpu(actions.get(i)));
            }
        }
    }

    private static boolean isOwnStep(ActionKind kind) {
        return switch (kind) {
            case STEP, FETCH, CALLEE, RETURN, IRET, LEAVE -> true;
            case DRAIN, NMI, NMI_SENT, IRQ, MC, IPI, CALL, STOP, SUSPEND -> false;
        };
    }

    List<Wait> all() {
        return IntStream.range(0, machine.agents()).mapToObj(this::of).toList();
    }

    private Wait of(int c) {
        int base = layout.cpuBase(c);
        int frame = cpu.topFrame(state, base);
        Step step = tables.graph.step(cpu.pc.getInt(state, frame));
        boolean thread = cpu.kind.getInt(state, frame) == ContextKind.THREAD.ordinal();
        if (tables.rules.hotplug.isOffline(state, base)) {
            return new Wait(Reason.OFFLINE, "", "", "", List.of());
        }
        SuspensionWaits suspensions = new SuspensionWaits(machine, state);
        if (suspensions.holds(c)) {
            return suspensions.ofThread(c);
        }
        if (machine.isAtRest(state, c)) {
            return new Wait(Reason.AT_REST, "", "", "", List.of());
        }
        if (thread && step.isEnd()) {
            return new Wait(Reason.FINISHED, "", "", "", List.of());
        }
        if (moving.contains(c)) {
            return NOT_AT_ALL;
        }
        if (tables.rules.delivery.isUnderWay(state, base)) {
            return buffer(base);
        }
        return blocked(c, base, frame, step.words().waiting());
    }

    /** What a context waits for that cannot take its next step. */
    private Wait blocked(int c, int base, int frame, Waiting waiting) {
        if (waiting instanceof Waiting.Condition condition) {
            return condition(c, base, frame, condition);
        }
        if (waiting instanceof Waiting.Lock lock) {
            return lock(c, base, lock);
        }
        if (waiting instanceof Waiting.Others others) {
            return others(c, others);
        }
        if (waiting instanceof Waiting.Suspended target) {
            return new SuspensionWaits(machine, state).of(c, target);
        }
        if (waiting instanceof Waiting.Offline online) {
            return new SuspensionWaits(machine, state).of(c, online);
        }
        if (waiting instanceof Waiting.Stopper stopper) {
            return stopper(stopper);
        }
        boolean stopped = cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal();
        return stopped && waiting instanceof Waiting.Return end ? stopper(end.stopper()) : buffer(base);
    }

    /** What a CPU that can step comes to wait for if no other moves; nothing if it then completes something. */
    Wait alone(int c) {
        Alone alone = Alone.of(machine, state, c);
        if (alone.completes()) {
            return NOT_AT_ALL;
        }
        Waits there = new Waits(machine, portrait, alone.end());
        return alone.loop().isEmpty() ? there.of(c) : there.loop(c, alone.loop());
    }

    /** Goes round until a variable changes that it reads on the way, and that others may still write so that it goes elsewhere. */
    private Wait loop(int c, Set<Integer> steps) {
        Writers writers = new Writers(tables, state, c);
        List<String> names = new ArrayList<>();
        List<String> now = new ArrayList<>();
        TreeMap<Integer, Helper> helpers = new TreeMap<>();
        for (int id : read(steps)) {
            Var var = tables.memory.variable(id);
            List<Helper> ofThis = helpers(writers, var, writer -> leaves(writer, c, var, steps));
            ofThis.forEach(helper -> helpers.putIfAbsent(helper.cpu(), helper));
            // Those that can still change come first.
            names.add(ofThis.isEmpty() ? names.size() : 0, var.name());
            now.add(ofThis.isEmpty() ? now.size() : 0, present(c, var));
        }
        return new Wait(
                Reason.LOOP,
                names.isEmpty() ? "" : names.get(0),
                names.isEmpty() ? "anything changes" : String.join(" or ", names) + " changes",
                String.join(", ", now),
                List.copyOf(helpers.values()));
    }

    private Set<Integer> read(Set<Integer> steps) {
        Set<Integer> read = new TreeSet<>();
        steps.forEach(pc -> read.addAll(tables.graph.footprint(pc).reads()));
        return read;
    }

    /** Whether a CPU in a loop goes elsewhere after a step of another; true if the value that it stores is not known. */
    private boolean leaves(int writer, int c, Var var, Set<Integer> loop) {
        OptionalInt stored = tables.graph.footprint(writer).stored();
        if (stored.isEmpty()) {
            return true;
        }
        long[] then = state.clone();
        tables.memory.write(then, tables.memory.cell(var.id(), 0), stored.getAsInt());
        Alone after = Alone.of(machine, then, c);
        return after.completes() || !after.loop().equals(loop);
    }

    /** The value of a variable as a CPU sees it; of an array, that it is one. */
    private String present(int c, Var var) {
        if (var.length() > 1) {
            return var.name() + " is an array";
        }
        int cell = tables.memory.cell(var.id(), 0);
        int base = layout.cpuBase(c);
        int buffered = cpu.buffer.newest(state, base, cell);
        int value = buffered < 0
                ? tables.memory.read(state, cell)
                : tables.memory.decode(cell, cpu.buffer.value(state, base, buffered));
        return var.name() + " is " + portrait.names().text(var, value);
    }

    private Wait buffer(int base) {
        return new Wait(
                Reason.STORE_BUFFER,
                "",
                "the store buffer has drained",
                cpu.buffer.size(state, base) + " stores wait",
                List.of());
    }

    private Wait stopper(Waiting.Stopper waiting) {
        int stopper = tables.rules.rendezvous.stopper(state);
        return new Wait(
                Reason.STOP_MACHINE,
                "",
                waiting.until(),
                waiting.now(),
                List.of(new Helper(stopper, "runs stop_machine")));
    }

    private Wait others(int c, Waiting.Others waiting) {
        List<Helper> missing = new ArrayList<>();
        machine.host().at(state, c);
        for (int other = 0; other < machine.agents(); other++) {
            if (other != c && machine.host().owes(waiting.owing(), layout.cpuBase(other))) {
                missing.add(new Helper(other, obstacle(waiting.owing(), c, other)));
            }
        }
        String names = String.join(
                ", ", missing.stream().map(helper -> "cpu" + helper.cpu()).toList());
        return new Wait(reason(waiting.owing()), "", waiting.until(), "not yet " + names, missing);
    }

    private static Reason reason(Owing owing) {
        return switch (owing) {
            case SYNC, CALL -> Reason.SYNC;
            case QUIESCENCE -> Reason.GRACE_PERIOD;
            case ARRIVAL, FUNCTION, DEPARTURE -> Reason.STOP_MACHINE;
        };
    }

    /** Why a CPU does not take an IPI, or a thread of it does not go into or out of stop_machine. */
    private String obstacle(Owing owing, int waiting, int other) {
        int base = layout.cpuBase(other);
        if (owing == Owing.QUIESCENCE) {
            return cpu.sitesOwed.isSet(state, base) ? "is in a site" : "is in a handler";
        }
        if (owing == Owing.CALL && (tables.rules.calls.queued(state, base) >>> waiting & 1) == 0) {
            return "is in the function";
        }
        if (owing.interrupts() && !cpu.interruptFlag.isSet(state, base)) {
            return "has IF=0";
        }
        if (owing.preempts() && cpu.preemptOff.isSet(state, base)) {
            return "has preemption off";
        }
        return owing.interrupts() ? "can be interrupted" : "is not done";
    }

    // ---- conditions on shared variables

    private Wait condition(int c, int base, int frame, Waiting.Condition waiting) {
        ConditionText text = new ConditionText(tables, portrait.names(), state, c, frame);
        Var var = tables.memory.variable(waiting.condition().variable());
        Writers writers = new Writers(tables, state, c);
        IntPredicate helps = writer -> couldSatisfy(writer, c, base, var, waiting.condition());
        String until = text.of(waiting.source());
        List<String> now = new ArrayList<>();
        now.add(present(c, waiting.condition(), var));
        now.addAll(text.limits());
        return new Wait(Reason.CONDITION, var.name(), until, String.join(", ", now), helpers(writers, var, helps));
    }

    /** The value of the variable of a condition, as its context sees it. */
    private String present(int c, Code condition, Var var) {
        machine.host().at(state, c);
        return var.name() + " is " + portrait.names().text(var, machine.host().value(condition.load()));
    }

    private List<Helper> helpers(Writers writers, Var var, IntPredicate helps) {
        List<Helper> helpers = new ArrayList<>();
        for (int c = 0; c < machine.agents(); c++) {
            int pc = writers.nearest(c, var.id(), helps);
            if (pc != Writers.NONE) {
                helpers.add(new Helper(c, "at " + portrait.labelAndPlace(pc)));
            }
        }
        return helpers;
    }

    /** Whether the condition of a context would hold after a step; true if the value that it stores is not known. */
    private boolean couldSatisfy(int writer, int c, int base, Var var, Code condition) {
        OptionalInt stored = tables.graph.footprint(writer).stored();
        if (stored.isEmpty()) {
            return true;
        }
        long[] then = state.clone();
        while (cpu.buffer.size(then, base) > 0) {
            cpu.buffer.removeOldest(then, base);
        }
        tables.memory.write(then, tables.memory.cell(var.id(), 0), stored.getAsInt());
        machine.host().at(then, c);
        return machine.host().value(condition) != 0;
    }

    private Wait lock(int c, int base, Waiting.Lock waiting) {
        Var var = waiting.cell().var();
        machine.host().at(state, c);
        int cell = machine.host().cell(waiting.cell());
        int expected = machine.host().value(waiting.free());
        int present = tables.memory.read(state, cell);
        if (present == expected) {
            return buffer(base);
        }
        Writers writers = new Writers(tables, state, c);
        List<Helper> holders = new ArrayList<>();
        for (int holder = 0; holder < machine.agents(); holder++) {
            int level = writers.holder(holder, var.id());
            if (level != Writers.NONE) {
                int held = cpu.frame(layout.cpuBase(holder), level);
                holders.add(new Helper(holder, "holds it in " + kind(held)));
            }
        }
        String name = tables.memory.name(cell);
        return new Wait(
                Reason.LOCK,
                name,
                name + " == " + portrait.names().text(var, expected),
                name + " is " + portrait.names().text(var, present),
                holders.isEmpty() ? helpers(writers, var, writer -> true) : holders);
    }

    private String kind(int frame) {
        ContextKind kind = ContextKind.of(cpu.kind.getInt(state, frame));
        return kind.text().isEmpty() ? "its thread" : kind.text() + " context";
    }
}
