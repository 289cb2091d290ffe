// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.InterruptBudget;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace as text: one column a CPU, a row for each step, and at the end what went wrong.
 *
 * <p>Behind the number of a step stands the line of the author's file that it comes from, if the protocol was read from one.
 * Contexts on top of a thread stand before the line, as in {@code nmi│bp│}. A line that begins with » names the functions of the
 * source that the steps below it belong to. Bytes that a step wrote stand in brackets. Where another CPU takes over, the column of the
 * one before says why: what it waits for, that it is done, or ⋮ where it could have gone on.
 */
public final class TextTimeline {
    /** No line of the text is longer than this many columns, so that it can be quoted in a mail. */
    public static final int WIDTH = 100;

    private static final String PATH = "\u00bb ";
    private static final String FREE = "\u22ee";
    private static final List<String> LEGEND = List.of(
            "\u00bb function   [..] bytes just written",
            "\u22ee could go on, the schedule chose another CPU   (..) why it does not move");

    private final Trace trace;
    private final StringBuilder out = new StringBuilder();

    private TextTimeline(Trace trace) {
        this.trace = trace;
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
            folded(line);
        }
        return out.toString();
    }

    private void heading() {
        out.append(trace.protocol()).append(": ").append(Ending.title(trace)).append("\n\n");
        for (Patch patch : trace.start().patches()) {
            VersionLines.of(patch.site()).forEach(this::folded);
        }
        out.append('\n');
        folded(assumptions(trace.scenario()));
        LEGEND.forEach(this::folded);
        out.append('\n');
    }

    private void folded(String line) {
        Fold.lines(line, WIDTH).forEach(part -> out.append(part.stripTrailing()).append('\n'));
    }

    /** What the trace ended with, in a few words. */
    public static String title(Trace trace) {
        return Ending.title(trace);
    }

    /** The machine of a scenario, in one line. */
    public static String assumptions(Scenario scenario) {
        List<String> parts = new ArrayList<>();
        parts.add(scenario.cpus() + " CPUs");
        parts.add("fetch " + scenario.fetch().text() + " in chunks of " + scenario.chunk()
                + (scenario.fetchCoherent() ? ", coherent among themselves" : ""));
        parts.add("text stores split by " + scenario.split().text());
        parts.add("data " + scenario.data().text());
        budget(parts, "NMI", scenario.nmiBudget());
        budget(parts, "IRQ", scenario.irqBudget());
        budget(parts, "machine check", scenario.mcBudget());
        return String.join("; ", parts);
    }

    private static void budget(List<String> parts, String what, InterruptBudget budget) {
        if (budget.most() > 0) {
            parts.add("up to " + budget.words(budget.most() == 1 ? what : what + "s"));
        }
    }

    private void rows() {
        Grid grid = new Grid(trace.start().cpus().size());
        List<Row> rows = Rows.of(trace);
        Margin margin = new Margin(rows);
        List<Column> head = grid.row(margin.heading(), 0);
        for (StateView.Cpu cpu : trace.start().cpus()) {
            head.get(cpu.number()).add("", "cpu" + cpu.number());
        }
        rows.forEach(row -> add(grid, row, margin));
        trace.loop().ifPresent(first -> grid.line("\u2514\u2500 back to step " + first));
        grid.print(out);
    }

    private void add(Grid grid, Row row, Margin margin) {
        if (row.beginsLoop()) {
            grid.line("\u250c\u2500 loop: " + Ending.loop(trace) + " for ever, and no patch or execution completes");
        }
        TraceStep first = row.first();
        if (!row.path().isEmpty()) {
            String prefix = StepText.prefix(first.contexts());
            grid.row("", row.cpu()).get(row.cpu()).add(prefix, PATH + String.join(" " + PATH, row.path()));
        }
        List<Column> columns = grid.row(margin.of(row), row.cpu());
        StepText.add(row, columns.get(row.cpu()));
        row.other().ifPresent(other -> other(first, other, columns.get(other.cpu())));
    }

    private static void other(TraceStep step, Row.Other other, Column column) {
        if (other.why().isEmpty()) {
            column.add("", FREE);
        } else {
            String prefix =
                    StepText.prefix(step.before().cpus().get(other.cpu()).contexts());
            column.add(prefix, "(" + other.why() + ")");
        }
    }
}
