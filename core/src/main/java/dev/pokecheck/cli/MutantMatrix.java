// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.compare.Mutants;
import dev.pokecheck.explore.compare.Mutants.Answer;
import dev.pokecheck.explore.compare.Mutants.Cell;
import dev.pokecheck.explore.compare.Mutants.Fate;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.protocol.mutation.Mutation;
import dev.pokecheck.report.Table;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What mutants have shown: a line for each, a column for each model.
 *
 * @param entry the protocol
 * @param columns the models asked for
 * @param tried the scenarios asked for
 * @param stages those in which the protocol holds under some model
 * @param lines the mutants
 */
record MutantMatrix(
        CatalogEntry entry, List<FetchModel> columns, List<Stage> tried, List<Stage> stages, List<Line> lines) {
    /** One scenario under all models. */
    record Stage(Scenario scenario, List<Mutants.Baseline> baselines, Map<String, Mutation> mutations) {
        List<Mutants.Baseline> holding() {
            return baselines.stream().filter(Mutants.Baseline::holds).toList();
        }

        /** Says under which models the protocol itself does not hold. */
        void violated(PrintWriter out) {
            for (Mutants.Baseline baseline : baselines) {
                if (!baseline.holds()) {
                    out.println("left out   " + baseline.scenario().fetch().text() + ": the protocol itself: "
                            + baseline.verdict().sentence());
                }
            }
        }
    }

    /**
     * A line of the matrix.
     *
     * @param stage the number of the scenario that the cells are of
     * @param difference how a mutant that was not told apart differs all the same; else empty
     */
    record Line(Mutation mutation, List<Cell> cells, Fate fate, int stage, String difference) {
        Line with(Fate other, String how) {
            return new Line(mutation, cells, other, stage, how);
        }
    }

    /** Prints the matrix. */
    void print(PrintWriter out, boolean markdown) {
        for (int i = 0; markdown && stages.size() > 1 && i < stages.size(); i++) {
            out.println((i == 0 ? "Scenarios: " : "") + letter(i) + " `"
                    + ScenarioText.print(stages.get(i).scenario()) + "`" + (i + 1 < stages.size() ? "," : ".\n"));
        }
        if (!markdown) {
            out.println("protocol   " + entry.fullName() + ": " + entry.summary());
            out.println("source     " + entry.source());
            for (int i = 0; i < stages.size(); i++) {
                out.println("scenario   " + letter(i) + ": "
                        + ScenarioText.print(stages.get(i).scenario()));
            }
            tried.forEach(stage -> stage.violated(out));
            out.println();
        }
        List<String> heads = new ArrayList<>(List.of("step", "change"));
        columns.forEach(model -> heads.add(model.text()));
        heads.add("answer");
        Table table = new Table(heads.toArray(String[]::new));
        for (Line line : lines) {
            List<String> row = new ArrayList<>();
            row.add(escaped(
                    markdown, line.mutation().routine() + "/" + line.mutation().step()));
            row.add(escaped(markdown, line.mutation().change()));
            columns.forEach(model -> row.add(cell(stages.get(line.stage()), line, model)));
            row.add(escaped(markdown, answer(line)));
            table.row(row.toArray(String[]::new));
        }
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        score().forEach(out::println);
        out.flush();
    }

    private static String escaped(boolean markdown, String text) {
        return markdown ? text.replace("|", "\\|") : text;
    }

    static String letter(int stage) {
        return String.valueOf((char) ('a' + stage));
    }

    private static String cell(Stage stage, Line line, FetchModel model) {
        List<Mutants.Baseline> holding = stage.holding();
        for (int i = 0; i < holding.size(); i++) {
            if (holding.get(i).scenario().fetch() == model) {
                return text(line.cells().get(i));
            }
        }
        return "";
    }

    private static String text(Cell cell) {
        return switch (cell.answer()) {
            case NEEDED ->
                cell.violation()
                        .map(violation -> violation.property().text() + " " + violation.depth())
                        .orElseThrow();
            case NOT_NEEDED -> "-";
            case VACUOUS -> "vacuous";
            case REFUSED -> "refused";
            case OPEN -> "?";
        };
    }

    private static String answer(Line line) {
        return switch (line.fate()) {
            case KILLED -> killed(line) + (line.stage() == 0 ? "" : ", in scenario " + letter(line.stage()));
            case EQUIVALENT -> "equivalent: " + line.mutation().equivalence().orElseThrow();
            case NEVER_EXECUTED -> "never executed at these bounds";
            case SAME -> "equivalent at these bounds: same histories";
            case SURVIVED -> "not needed at these bounds, but " + line.difference();
            case OPEN -> "undecided: a bound ended a search";
        };
    }

    private static String killed(Line line) {
        if (line.cells().stream().anyMatch(cell -> cell.answer() == Answer.NEEDED)) {
            return "needed";
        }
        return "told apart, not shown to be needed: "
                + line.cells().stream()
                        .map(Cell::why)
                        .filter(why -> !why.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    private long count(Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).count();
    }

    /** Mutants of statements that are never executed are the protocol itself at these bounds, and cannot be told from it. */
    private List<String> score() {
        long killed = count(Fate.KILLED);
        long survived = count(Fate.SURVIVED);
        long open = count(Fate.OPEN);
        long different = killed + survived + open;
        List<String> text = new ArrayList<>();
        text.add(lines.size() + " mutants: " + killed + " told apart, " + survived
                + " not told apart though not the same, "
                + count(Fate.EQUIVALENT) + " equivalent, " + count(Fate.SAME)
                + " equivalent at these bounds, " + count(Fate.NEVER_EXECUTED)
                + " of statements never executed at these bounds" + (open == 0 ? "" : ", " + open + " undecided")
                + ".");
        text.add("Mutation score: " + killed + " of " + different
                + (different == 0 ? "" : " (" + Math.floorDiv(100 * killed, different) + " %)")
                + " that are executed and not equivalent.");
        return text;
    }

    /** Prints how each mutant violates what, under each model. */
    void interleavings(PrintWriter out) {
        lines.forEach(line -> interleavings(out, stages.get(line.stage()), line));
    }

    private static void interleavings(PrintWriter out, Stage stage, Line line) {
        out.println(line.mutation().name() + ": " + line.mutation().change() + "; " + answer(line));
        List<Mutants.Baseline> holding = stage.holding();
        for (int i = 0; i < holding.size(); i++) {
            Scenario scenario = holding.get(i).scenario();
            Cell cell = line.cells().get(i);
            out.println();
            out.println(
                    scenario.fetch().text() + ": " + text(cell) + (cell.why().isEmpty() ? "" : ": " + cell.why()));
            if (cell.answer() == Answer.NEEDED) {
                Machine machine = new Machine(scenario, line.mutation().mutant()).unreduced();
                int[] schedule = cell.violation().orElseThrow().finding().schedule();
                out.print(TextTimeline.of(Tracer.run(machine, schedule)));
            }
        }
    }

    /** What tools read. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("protocol", entry.fullName());
        json.put(
                "scenarios",
                stages.stream()
                        .map(stage -> ScenarioText.print(stage.scenario()))
                        .toList());
        json.put("killed", count(Fate.KILLED));
        json.put("survived", count(Fate.SURVIVED));
        json.put("equivalent", count(Fate.EQUIVALENT));
        json.put("sameHistories", count(Fate.SAME));
        json.put("neverExecuted", count(Fate.NEVER_EXECUTED));
        json.put("open", count(Fate.OPEN));
        List<Object> mutants = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> cells = new LinkedHashMap<>();
            columns.forEach(model -> cells.put(model.text(), cell(stages.get(line.stage()), line, model)));
            Map<String, @Nullable Object> mutant = new LinkedHashMap<>();
            mutant.put("name", line.mutation().name());
            mutant.put("change", line.mutation().change());
            mutant.put("fate", line.fate().text());
            mutant.put("scenario", line.stage());
            mutant.put("equivalence", line.mutation().equivalence().orElse(null));
            mutant.put("difference", line.difference().isEmpty() ? null : line.difference());
            mutant.put("models", cells);
            mutants.add(mutant);
        }
        json.put("mutants", mutants);
        return json;
    }
}
