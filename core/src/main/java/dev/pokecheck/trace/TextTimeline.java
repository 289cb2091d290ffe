// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.StateView;
import dev.pokecheck.machine.StateView.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace as text: one column a CPU, a row for each step, and at the end what went wrong.
 *
 * <p>Contexts on top of a thread stand before the line, as in {@code nmi│bp│}. A line that begins with » names the functions of the
 * source that the steps below it belong to. Bytes that a step wrote stand in brackets. Where another CPU takes over, the column of the
 * one before says why: what it waits for, that it is done, or ⋮ where it could have gone on.
 */
public final class TextTimeline {
    private static final String PATH = "\u00bb ";
    private static final String FREE = "\u22ee";
    private static final String LEGEND =
            "\u00bb function   [..] bytes just written   \u22ee could go on, the schedule chose another CPU   (..) why it does not move";

    private final Trace trace;
    private final List<List<String>> shownPaths = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    private TextTimeline(Trace trace) {
        this.trace = trace;
        trace.start().cpus().forEach(cpu -> shownPaths.add(List.of()));
    }

    /** The text, lines ended by a newline. */
    public static String of(Trace trace) {
        return new TextTimeline(trace).text();
    }

    /** The last part of the text: what went wrong, in lines; of a run that went well, what it came to. */
    public static List<String> ending(Trace trace) {
        return new Ending(trace).lines();
    }

    private String text() {
        heading();
        rows();
        out.append('\n');
        for (String line : new Ending(trace).lines()) {
            Column.fold(line, Grid.PAGE)
                    .forEach(part -> out.append(part.stripTrailing()).append('\n'));
        }
        return out.toString();
    }

    private void heading() {
        out.append(trace.protocol()).append(": ").append(Ending.title(trace)).append("\n\n");
        for (Patch patch : trace.start().patches()) {
            VersionLines.of(patch.site()).forEach(line -> out.append(line).append('\n'));
        }
        out.append('\n');
        Column.fold(assumptions(trace.scenario()), Grid.PAGE)
                .forEach(line -> out.append(line).append('\n'));
        out.append(LEGEND).append("\n\n");
    }

    private static String assumptions(Scenario scenario) {
        List<String> parts = new ArrayList<>();
        parts.add(scenario.cpus() + " CPUs");
        parts.add("fetch " + scenario.fetch().text() + " in chunks of " + scenario.chunk()
                + (scenario.fetchCoherent() ? ", coherent among themselves" : ""));
        parts.add("text stores split by " + scenario.split().text());
        parts.add("data " + scenario.data().text());
        budget(parts, "NMIs", scenario.nmis());
        budget(parts, "IRQs", scenario.irqs());
        budget(parts, "machine checks", scenario.mcs());
        return String.join("; ", parts);
    }

    private static void budget(List<String> parts, String what, int count) {
        if (count > 0) {
            parts.add("up to " + count + " " + what + " a CPU");
        }
    }

    private void rows() {
        Grid grid = new Grid(trace.start().cpus().size());
        List<Column> head = grid.row("step");
        for (StateView.Cpu cpu : trace.start().cpus()) {
            head.get(cpu.number()).add("", "cpu" + cpu.number());
        }
        List<Step> steps = trace.steps();
        int from = 0;
        while (from < steps.size()) {
            int to = from + 1;
            loopBegins(grid, steps.get(from));
            while (to < steps.size() && isSameStore(steps.get(from), steps.get(to)) && !beginsLoop(steps.get(to))) {
                to++;
            }
            row(grid, steps.subList(from, to));
            from = to;
        }
        trace.loop().ifPresent(first -> grid.line("\u2514\u2500 back to step " + first));
        grid.print(out);
    }

    private void loopBegins(Grid grid, Step step) {
        if (beginsLoop(step)) {
            grid.line("\u250c\u2500 loop: " + Ending.loop(trace) + " for ever, and no patch or execution completes");
        }
    }

    private boolean beginsLoop(Step step) {
        return trace.loop().isPresent() && trace.loop().getAsInt() == step.number();
    }

    /** Whether two steps are pieces of one text store. */
    private static boolean isSameStore(Step one, Step other) {
        return !one.piece().isEmpty()
                && one.cpu() == other.cpu()
                && one.kind() == other.kind()
                && other.incidents().isEmpty()
                && !other.piece().isEmpty()
                && one.context().label().equals(other.context().label())
                && one.source().equals(other.source());
    }

    private void row(Grid grid, List<Step> steps) {
        Step first = steps.get(0);
        Step last = steps.get(steps.size() - 1);
        String prefix = StepText.prefix(first.contexts());
        path(grid, first, prefix);
        String number = Integer.toString(first.number());
        List<Column> row = grid.row(steps.size() == 1 ? number : number + "-" + last.number());
        Column column = row.get(first.cpu());
        if (steps.size() == 1) {
            StepText.add(first, column);
        } else {
            StepText.add(steps, column);
        }
        turn(first, row);
    }

    private static void turn(Step step, List<Column> row) {
        Turn turn = step.turn();
        int from = turn.from();
        String prefix = StepText.prefix(step.before().cpus().get(from).contexts());
        switch (turn.kind()) {
            case FIRST, SAME -> {
                // The same CPU goes on.
            }
            case BLOCKED ->
                row.get(from)
                        .add(
                                prefix,
                                "(waits until " + step.before().waiting(from).until() + ")");
            case DONE ->
                row.get(from)
                        .add(prefix, "(" + turn.text().substring(turn.text().indexOf(' ') + 1) + ")");
            case FREE -> row.get(from).add("", FREE);
        }
    }

    /** A row that names the functions around a step, where they are not those of the step before on its CPU. */
    private void path(Grid grid, Step step, String prefix) {
        List<String> path = step.context().functions();
        List<String> shown = shownPaths.get(step.cpu());
        if (path.equals(shown) || path.isEmpty()) {
            return;
        }
        shownPaths.set(step.cpu(), path);
        int common = 0;
        while (common < path.size() - 1
                && common < shown.size()
                && path.get(common).equals(shown.get(common))) {
            common++;
        }
        String text = PATH + String.join(" " + PATH, path.subList(common, path.size()));
        grid.row("").get(step.cpu()).add(prefix, text);
    }
}
