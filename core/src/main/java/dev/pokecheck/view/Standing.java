// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where each CPU stands in a state from which nothing can be completed any more: by this, deadlocks are told apart. */
public final class Standing {
    private final Machine machine;
    private final long[] state;
    private final StateView view;

    private Standing(Machine machine, long[] state) {
        this.machine = machine;
        this.state = state;
        view = new StateView(machine, state);
    }

    /**
     * One line for each CPU; none if some CPU still moves on to where it will stand, alone or with others.
     *
     * @param machine a machine without reduction
     */
    public static List<String> of(Machine machine, long[] state) {
        Standing standing = new Standing(machine, state);
        List<String> lines = new ArrayList<>();
        for (Cpu cpu : standing.view.cpus()) {
            String place = standing.place(cpu);
            if (place.isEmpty()) {
                return List.of();
            }
            lines.add("cpu" + cpu.number() + " " + place);
        }
        return List.copyOf(lines);
    }

    private String place(Cpu cpu) {
        return switch (view.waiting(cpu.number()).reason()) {
            case OFFLINE -> "is offline";
            case FINISHED -> "has finished";
            case AT_REST -> "is at rest";
            case NOTHING -> round(cpu);
            case CONDITION, LOOP, LOCK, SYNC, GRACE_PERIOD, SUSPENDED, HOTPLUG, STOP_MACHINE, STORE_BUFFER ->
                "waits at " + cpu.top().labelAndPlace() + contexts(cpu);
        };
    }

    /** The loop in which a CPU goes round, if it is in one. */
    private String round(Cpu cpu) {
        Alone alone = Alone.of(machine, state, cpu.number());
        if (alone.completes() || !alone.isIn(state)) {
            return "";
        }
        StateView there = new StateView(machine, alone.shallowest());
        return "goes round " + String.join(", ", labels(alone.loop()))
                + contexts(there.cpus().get(cpu.number()));
    }

    private Set<String> labels(Set<Integer> steps) {
        Set<String> labels = new TreeSet<>();
        steps.forEach(pc -> labels.add(machine.model().graph.step(pc).label()));
        labels.remove("");
        return labels;
    }

    /** The routines of the contexts, from the top down, each with where it was interrupted. */
    private static String contexts(Cpu cpu) {
        StringBuilder text = new StringBuilder(" in " + cpu.top().routine());
        for (int i = cpu.contexts().size() - 2; i >= 0; i--) {
            Context below = cpu.contexts().get(i);
            text.append(", over ").append(below.routine());
            text.append(below.label().isEmpty() ? "" : " at " + below.label());
        }
        return text.toString();
    }
}
