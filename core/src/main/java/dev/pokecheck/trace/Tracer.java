// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.judge.Livelock;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.WaitFor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Runs a schedule again and records what each step does. */
public final class Tracer {
    private final Machine machine;
    private final long[] state;
    private final ActionList enabled = new ActionList();
    private final List<TraceStep> steps = new ArrayList<>();

    private Tracer(Machine machine) {
        this.machine = machine;
        state = new long[machine.words()];
    }

    /**
     * Runs a schedule. Where the machine merges steps, the trace shows them one by one, as {@link Machine#expand} gives them.
     *
     * @param machine the machine that the actions belong to
     * @param schedule the actions from the initial state on
     * @throws IllegalArgumentException if an action is not enabled when its turn comes
     */
    public static Trace run(Machine machine, int[] schedule) {
        new Tracer(machine).check(schedule);
        return new Tracer(machine.unreduced()).run(machine.expand(schedule), OptionalInt.empty());
    }

    /** {@link #loop} where there is a loop, {@link #run} where there is none. */
    public static Trace of(Machine machine, int[] schedule, OptionalInt loop) {
        return loop.isPresent() ? loop(machine, schedule, loop.getAsInt()) : run(machine, schedule);
    }

    /**
     * Runs a schedule that ends in a loop.
     *
     * @param machine the machine that the actions belong to
     * @param schedule the actions from the initial state on
     * @param from how many of them lead to the loop; the others are the loop
     * @throws IllegalArgumentException if an action is not enabled when its turn comes, or the loop is no livelock
     */
    public static Trace loop(Machine machine, int[] schedule, int from) {
        new Tracer(machine).check(schedule);
        Livelock.objection(machine, schedule, from).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        int first = machine.expand(Arrays.copyOf(schedule, from)).length + 1;
        return new Tracer(machine.unreduced()).run(machine.expand(schedule), OptionalInt.of(first));
    }

    private void check(int[] schedule) {
        machine.initial(state);
        for (int i = 0; i < schedule.length; i++) {
            requireEnabled(i + 1, schedule[i]);
            machine.apply(state, schedule[i]);
        }
    }

    private Trace run(int[] schedule, OptionalInt loop) {
        machine.initial(state);
        StateView start = new StateView(machine, state);
        StateView before = start;
        long raised = 0;
        for (int action : schedule) {
            raised = machine.apply(state, action);
            StateView after = before.of(state);
            steps.add(step(before, action, after, Incidents.in(raised)));
            before = after;
        }
        raised |= machine.inspect(state);
        Trace.End end = loop.isPresent() ? Trace.End.LIVELOCK : end(raised);
        return new Trace(
                machine.protocol().name(),
                machine.scenario(),
                start,
                steps,
                end,
                Incidents.in(raised),
                end == Trace.End.OPEN ? WaitFor.explainStanding(before) : WaitFor.explain(before),
                loop);
    }

    private Trace.End end(long raised) {
        if (raised != 0) {
            return Trace.End.INCIDENT;
        }
        if (machine.complete(state)) {
            return Trace.End.COMPLETE;
        }
        machine.enabled(state, enabled);
        return machine.nothingOwed(enabled) ? Trace.End.DEADLOCK : Trace.End.OPEN;
    }

    private void requireEnabled(int step, int action) {
        machine.enabled(state, enabled);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < enabled.size(); i++) {
            if (enabled.get(i) == action) {
                return;
            }
            names.add(machine.describe(state, enabled.get(i)));
        }
        throw new IllegalArgumentException(
                "step " + step + ": action " + action + " is not enabled in this machine; enabled: " + names);
    }

    private TraceStep step(StateView before, int action, StateView after, List<Incident> incidents) {
        int cpu = ActionKind.cpu(action);
        return new TraceStep(
                steps.size() + 1,
                cpu,
                ActionKind.of(action),
                before.describe(action),
                Events.source(before, action),
                before.outcome(action),
                before.piece(action),
                fetched(before, action),
                Differences.of(before, action, after),
                incidents,
                turn(before, cpu),
                before,
                after);
    }

    private static Optional<FetchedCode> fetched(StateView before, int action) {
        return before.fetched(action).map(fetched -> fetched(before, before.fetchedFrom(action), fetched));
    }

    private static FetchedCode fetched(StateView before, Site site, Fetched fetched) {
        String memory = before.patches().get(site.index()).memory();
        int from = 3 * fetched.offset();
        return new FetchedCode(
                site,
                fetched.offset(),
                Printer.hex(fetched.bytes()),
                Printer.att(fetched.bytes(), site.address() + fetched.offset()),
                IntStream.range(0, site.versions())
                        .filter(v -> (fetched.versions() >>> v & 1) != 0)
                        .boxed()
                        .toList(),
                fetched.isBreakpoint(),
                memory.substring(from, from + 3 * fetched.length() - 1));
    }

    private Turn turn(StateView before, int cpu) {
        if (steps.isEmpty()) {
            return new Turn(Turn.Kind.FIRST, cpu, "");
        }
        int from = steps.get(steps.size() - 1).cpu();
        if (from == cpu) {
            return new Turn(Turn.Kind.SAME, from, "");
        }
        StateView.Wait wait = before.waiting(from);
        return switch (wait.reason()) {
            case NOTHING -> new Turn(Turn.Kind.FREE, from, "cpu" + from + " could go on");
            case OFFLINE -> new Turn(Turn.Kind.DONE, from, "cpu" + from + " is offline");
            case FINISHED -> new Turn(Turn.Kind.DONE, from, "cpu" + from + " has finished");
            case AT_REST -> new Turn(Turn.Kind.DONE, from, "cpu" + from + " is at rest");
            case CONDITION, LOOP, LOCK, SYNC, GRACE_PERIOD, SUSPENDED, HOTPLUG, STOP_MACHINE, STORE_BUFFER ->
                new Turn(Turn.Kind.BLOCKED, from, "cpu" + from + " waits until " + wait.until());
        };
    }
}
