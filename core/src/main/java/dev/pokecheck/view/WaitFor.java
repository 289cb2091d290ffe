// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Helper;
import dev.pokecheck.view.StateView.Reason;
import dev.pokecheck.view.StateView.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Who waits for whom: a deadlock in words. */
public final class WaitFor {
    private static final String ARROW = " \u2192 ";

    private final StateView view;
    private final List<Wait> waits;

    private WaitFor(StateView view, IntFunction<Wait> waits) {
        this.view = view;
        this.waits = view.cpus().stream().map(cpu -> waits.apply(cpu.number())).toList();
    }

    /**
     * Explains a state in which a CPU waits: one line per CPU that cannot go on by itself, then a cycle of them if there is one. Empty
     * if no CPU waits for another. To go round in a loop that others must end is to wait, too.
     */
    public static List<String> explain(Machine machine, long[] state) {
        return explainStanding(new StateView(machine, state));
    }

    /** The same for a view, of CPUs that cannot step only. */
    public static List<String> explain(StateView view) {
        return new WaitFor(view, view::waiting).lines();
    }

    /** The same of all CPUs; if what they wait for is still to come, also what they wait for after that. */
    public static List<String> explainStanding(StateView view) {
        WaitFor here = new WaitFor(view, view::standing);
        List<String> lines = new ArrayList<>(here.lines());
        if (!here.isForEver()) {
            view.onward()
                    .map(there -> new WaitFor(there, there::standing))
                    .filter(WaitFor::isForEver)
                    .ifPresent(there -> there.lines().forEach(line -> lines.add("if all go on, " + line)));
        }
        return List.copyOf(lines);
    }

    /** Whether some wait never ends, as far as can be seen in this state: nobody can end it, or those that could wait themselves. */
    private boolean isForEver() {
        return waits.stream()
                        .anyMatch(wait -> wait.isBlocked() && wait.helpers().isEmpty())
                || !cycle().isEmpty();
    }

    /** A cycle of CPUs of which each waits for the next, the first again at its end; empty if there is none. */
    public static List<Integer> cycle(StateView view) {
        return new WaitFor(view, view::waiting).cycle();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < view.cpus().size(); c++) {
            if (waits.get(c).isBlocked()) {
                lines.add(line(c));
            }
        }
        List<Integer> path = cycle();
        if (!path.isEmpty()) {
            lines.add("cycle: "
                    + String.join(ARROW, path.stream().map(c -> "cpu" + c).toList()));
        }
        return List.copyOf(lines);
    }

    private String line(int c) {
        Wait wait = waits.get(c);
        return view.cpus().get(c).name() + where(c) + does(c, wait) + wait.until() + " (" + wait.now() + "); "
                + help(c, wait);
    }

    private String does(int c, Wait wait) {
        if (wait.reason() == Reason.LOOP) {
            return ": goes round until ";
        }
        return view.waiting(c).reason() == Reason.NOTHING ? ": comes to wait until " : ": waits until ";
    }

    private String where(int c) {
        Context top = view.cpus().get(c).top();
        String path = top.functions().isEmpty()
                ? top.routine()
                : top.functions().get(top.functions().size() - 1);
        return " in " + path + " at " + top.labelAndPlace();
    }

    private String help(int c, Wait wait) {
        if (wait.helpers().isEmpty()) {
            return "nobody is left who could change that";
        }
        List<String> parts = new ArrayList<>();
        for (Helper helper : wait.helpers()) {
            String who = (helper.cpu() == c ? "the interrupted context of " : "") + "cpu" + helper.cpu();
            parts.add(
                    switch (wait.reason()) {
                        case LOCK, SYNC, GRACE_PERIOD, SUSPENDED, HOTPLUG, STOP_MACHINE -> who + " " + helper.how();
                        default -> who + " (" + helper.how() + ")";
                    });
        }
        String all = String.join(", ", parts);
        boolean byAStore = wait.reason() == Reason.CONDITION || wait.reason() == Reason.LOOP;
        return byAStore ? "only " + all + " can still do that" : all;
    }

    /** The first cycle that following the lowest helper that waits itself leads into; its first CPU stands at both ends. */
    private List<Integer> cycle() {
        for (int c = 0; c < view.cpus().size(); c++) {
            List<Integer> found = follow(c, new ArrayList<>());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<Integer> follow(int c, List<Integer> path) {
        int seen = path.indexOf(c);
        List<Integer> longer = new ArrayList<>(path);
        longer.add(c);
        if (seen >= 0) {
            return longer.subList(seen, longer.size());
        }
        if (!waits.get(c).isBlocked()) {
            return List.of();
        }
        for (Helper helper : waits.get(c).helpers()) {
            List<Integer> found = follow(helper.cpu(), longer);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
