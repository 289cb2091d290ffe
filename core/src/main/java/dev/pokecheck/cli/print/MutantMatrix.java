// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.MutantLine;
import dev.pokecheck.cli.run.MutantStage;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.compare.Mutants.Answer;
import dev.pokecheck.explore.compare.Mutants.Baseline;
import dev.pokecheck.explore.compare.Mutants.Cell;
import dev.pokecheck.explore.compare.Mutants.Fate;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.report.StepOrigins;
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
public record MutantMatrix(
        CatalogEntry entry,
        List<FetchModel> columns,
        List<MutantStage> tried,
        List<MutantStage> stages,
        List<MutantLine> lines) {
    /** Says under which models a protocol itself does not hold. */
    public static void leftOut(PrintWriter out, MutantStage stage) {
        for (Baseline baseline : stage.baselines()) {
            if (!baseline.holds()) {
                out.println("left out   " + baseline.scenario().fetch().text() + ": the protocol itself: "
                        + baseline.verdict().sentence());
            }
        }
    }

    /** Prints the matrix. */
    public void print(PrintWriter out, boolean markdown) {
        if (markdown) {
            scenarios(out);
        } else {
            head(out);
        }
        Table table = table(markdown);
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        score().forEach(out::println);
        out.flush();
    }

    private void head(PrintWriter out) {
        out.println("protocol   " + entry.fullName() + ": " + entry.summary());
        out.println("source     " + entry.source());
        for (int i = 0; i < stages.size(); i++) {
            out.println("scenario   " + MutantLine.letter(i) + ": "
                    + ScenarioText.print(stages.get(i).scenario()));
        }
        tried.forEach(stage -> leftOut(out, stage));
        out.println();
    }

    private void scenarios(PrintWriter out) {
        for (int i = 0; stages.size() > 1 && i < stages.size(); i++) {
            out.println((i == 0 ? "Scenarios: " : "") + MutantLine.letter(i) + " `"
                    + ScenarioText.print(stages.get(i).scenario()) + "`" + (i + 1 < stages.size() ? "," : ".\n"));
        }
    }

    private Table table(boolean markdown) {
        boolean placed = lines.stream().anyMatch(line -> !place(line).isEmpty());
        List<String> heads = new ArrayList<>(placed ? List.of("step", "line", "change") : List.of("step", "change"));
        columns.forEach(model -> heads.add(model.text()));
        heads.add("answer");
        Table table = new Table(heads.toArray(String[]::new));
        for (MutantLine line : lines) {
            List<String> row = new ArrayList<>();
            row.add(escaped(
                    markdown, line.mutation().routine() + "/" + line.mutation().step()));
            if (placed) {
                row.add(escaped(markdown, place(line)));
            }
            row.add(escaped(markdown, line.mutation().change()));
            columns.forEach(model -> row.add(cell(stages.get(line.stage()), line, model)));
            row.add(escaped(markdown, answer(line)));
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    /** What a reader is told of where the changed statement stands. */
    private static String place(MutantLine line) {
        return line.mutation()
                .origin()
                .filter(Origin::isForReaders)
                .map(Origin::place)
                .orElse("");
    }

    private static String escaped(boolean markdown, String text) {
        return markdown ? text.replace("|", "\\|") : text;
    }

    private static String cell(MutantStage stage, MutantLine line, FetchModel model) {
        List<Baseline> holding = stage.holding();
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

    private static String answer(MutantLine line) {
        return switch (line.fate()) {
            case KILLED -> killed(line) + (line.stage() == 0 ? "" : ", in scenario " + MutantLine.letter(line.stage()));
            case EQUIVALENT -> "equivalent: " + line.mutation().equivalence().orElseThrow();
            case NEVER_EXECUTED -> "never executed at these bounds";
            case SAME -> "equivalent at these bounds: same histories";
            case SURVIVED -> "not needed at these bounds, but " + line.difference();
            case OPEN -> "undecided: a bound ended a search";
        };
    }

    private static String killed(MutantLine line) {
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
    public void interleavings(PrintWriter out) {
        lines.forEach(line -> interleavings(out, stages.get(line.stage()), line));
    }

    private static void interleavings(PrintWriter out, MutantStage stage, MutantLine line) {
        out.println(line.mutation().name() + ": " + line.mutation().change() + "; " + answer(line));
        List<Baseline> holding = stage.holding();
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
    public Map<String, @Nullable Object> json() {
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
        json.put("mutants", lines.stream().map(this::json).toList());
        return json;
    }

    private Map<String, @Nullable Object> json(MutantLine line) {
        Map<String, Object> cells = new LinkedHashMap<>();
        columns.forEach(model -> cells.put(model.text(), cell(stages.get(line.stage()), line, model)));
        Map<String, @Nullable Object> mutant = new LinkedHashMap<>();
        mutant.put("name", line.mutation().name());
        mutant.put("change", line.mutation().change());
        mutant.put("origin", StepOrigins.of(line.mutation().origin()));
        mutant.put("fate", line.fate().text());
        mutant.put("scenario", line.stage());
        mutant.put("equivalence", line.mutation().equivalence().orElse(null));
        mutant.put("difference", line.difference().isEmpty() ? null : line.difference());
        mutant.put("models", cells);
        return mutant;
    }
}
