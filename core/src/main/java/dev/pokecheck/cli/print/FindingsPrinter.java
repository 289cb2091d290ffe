// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.run.SearchRequest;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.DeadlockClass;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.property.ShownBy;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.view.WaitFor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The middle of a report: what was found, with the interleaving that decided, and what the runs met. */
final class FindingsPrinter {
    private static final long MANY = 10_000;

    private final PrintWriter out;

    FindingsPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(SearchRequest search, CheckOutcome run) {
        Verdict verdict = run.verdict();
        Machine machine = run.machine().unreduced();
        verdict.violation().ifPresent(deciding -> {
            out.println();
            out.println(deciding.property().text() + ": " + deciding.what() + "; the interleaving:");
            out.println();
        });
        run.trace().ifPresent(trace -> out.print(TextTimeline.of(trace)));
        out.println();
        ordered(search, verdict).forEach(finding -> finding(search, verdict, finding, machine));
        if (search.allDeadlocks()) {
            out.println("deadlocks  " + inAll(verdict));
        }
        verdict.deadlocks().forEach(sort -> deadlocks(sort, machine));
        out.println("met        " + join(verdict.reached()));
        if (verdict.kind() != Verdict.Kind.VIOLATED) {
            out.println("never met  "
                    + join(Arrays.stream(Reached.values())
                            .filter(what -> isPossible(what, machine.scenario())
                                    && !verdict.reached().contains(what))
                            .toList()));
        }
        untested(verdict.untested())
                .forEach((never, names) ->
                        out.println("untested   " + String.join(", ", names) + ": never met " + never));
        verdict.notes().forEach(note -> out.println("note       " + note));
        out.println("effort     " + effort(run));
    }

    /** Prints one; of a state in which all stand still, who waits for whom, unless the interleaving above has said it. */
    private void finding(SearchRequest search, Verdict verdict, Violation finding, Machine machine) {
        boolean demanded = search.demands(finding.property());
        out.println((demanded ? "found      " : "also found ")
                + finding.property().text() + " " + finding.when() + ": " + finding.what()
                + (demanded ? "" : "; not demanded: level " + search.demanded().text() + " allows it"));
        boolean shown = verdict.violation().filter(finding::equals).isPresent();
        if (finding.property().shownBy() == ShownBy.LAST_STATE && !shown) {
            WaitFor.explain(machine, last(machine, finding)).forEach(line -> out.println("           " + line));
        }
    }

    /** What decided, what else was demanded, and what was not, each with the shortest first. */
    private static List<Violation> ordered(SearchRequest search, Verdict verdict) {
        return verdict.findings().stream()
                .sorted(Comparator.comparing((Violation it) ->
                                !verdict.violation().filter(it::equals).isPresent())
                        .thenComparing(it -> !search.demands(it.property()))
                        .thenComparing(Violation::depth)
                        .thenComparing(Violation::property))
                .toList();
    }

    private void deadlocks(DeadlockClass sort, Machine machine) {
        int depth = sort.first().depth();
        out.println("           " + count(sort.states(), "state") + ", the first after " + count(depth, "step") + ":");
        sort.name().lines().forEach(line -> out.println("             " + line));
        ActionNames.of(machine, sort.first().schedule()).forEach(step -> out.println("               " + step));
    }

    /** How many deadlocks there are; where a bound has ended the search, there may be more. */
    private static String inAll(Verdict verdict) {
        long states =
                verdict.deadlocks().stream().mapToLong(DeadlockClass::states).sum();
        String found = states == 0
                ? "none"
                : count(states, "state") + " of " + count(verdict.deadlocks().size(), "sort");
        return found + (verdict.bounds().isEmpty() ? "" : " within " + verdict.bounds());
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** The names of the properties that need to meet the same. */
    private static Map<String, List<String>> untested(List<Property> properties) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (Property property : properties) {
            String never = property.sometimes().stream().map(Reached::text).collect(Collectors.joining(", nor "));
            names.computeIfAbsent(never, text -> new ArrayList<>()).add(property.text());
        }
        return names;
    }

    /** Whether a scenario leaves room for a situation, so that it is worth saying that it was never met. */
    private static boolean isPossible(Reached what, Scenario scenario) {
        return switch (what) {
            case NMI_DURING_PATCH, BREAKPOINT_IN_NMI -> scenario.nmis() > 0;
            case IRQ_DURING_PATCH -> scenario.irqs() > 0;
            case MC_DURING_PATCH -> scenario.mcs() > 0;
            case STALE_FETCH -> scenario.fetch().canBeStale();
            case FULL_BUFFER -> scenario.data() == DataModel.TSO;
            // What only some properties are about is told with them.
            case RESUMED_INSIDE,
                    AFTER_NEW_CODE,
                    SECOND_SITE,
                    EMULATED,
                    WAITED,
                    WENT_BACK,
                    ASSERTED,
                    INDEXED,
                    ENSURED,
                    OBJECT_USED,
                    DEAD_OBJECT_USED,
                    UNSYNCHRONISED -> false;
            case SITE_DURING_PATCH, SITE_AFTER_PATCH, BREAKPOINT, NEW_CODE, COMPLETE -> true;
        };
    }

    private static long[] last(Machine machine, Violation violation) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int action : violation.finding().schedule()) {
            machine.apply(state, action);
        }
        return state;
    }

    private static String join(List<Reached> what) {
        return what.isEmpty() ? "(none)" : what.stream().map(Reached::text).collect(Collectors.joining("; "));
    }

    private static String effort(CheckOutcome run) {
        Verdict.Effort effort = run.verdict().effort();
        // What tables take at the least says nothing about states.
        String memory = effort.states() < MANY
                ? ""
                : String.format(Locale.ROOT, "%.1f bytes a state, ", effort.bytesPerState());
        return String.format(
                Locale.ROOT,
                "%d states, %d transitions, depth %d, %s%.3f seconds",
                effort.states(),
                effort.transitions(),
                effort.depth(),
                memory,
                run.seconds());
    }
}
