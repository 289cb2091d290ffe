// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Consistency;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.report.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which levels hold.
 *
 * @param corner what rows are
 * @param columns the names of the columns
 * @param rows the rows
 */
public record LevelTable(String corner, List<String> columns, List<Row> rows) {

    /**
     * A row.
     *
     * @param name what it is of
     * @param cells one for each column
     */
    public record Row(String name, List<Cell> cells) {}

    /** A level and what bars the next one, or why there is none: the protocol, or the command, refuses the scenario. */
    public sealed interface Cell {
        /** What a search has found. */
        record Found(Consistency consistency) implements Cell {}

        /** What was said instead. */
        record Refused(RuntimeException reason) implements Cell {
            /** Without the line of the file, and the caret. */
            String line() {
                return String.valueOf(reason.getMessage()).lines().findFirst().orElseThrow();
            }
        }
    }

    /** Copies the lists. */
    public LevelTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Prints it, and below it what was refused.
     *
     * @param all whether with every property that is violated, not only what bars the next level
     */
    public void print(PrintWriter out, boolean all, boolean markdown) {
        Table table = new Table(cells(corner, columns.stream()));
        rows.forEach(row -> table.row(cells(row.name, row.cells.stream().map(cell -> text(cell, all)))));
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        if (refused().findAny().isPresent()) {
            out.println();
            refusals().forEach(line -> out.println(markdown ? "- " + line : line));
        }
    }

    /** Each reason once, after the first cell that it stands for. */
    private List<String> refusals() {
        Map<String, String> first = new LinkedHashMap<>();
        for (Row row : rows) {
            for (int i = 0; i < columns.size(); i++) {
                if (row.cells.get(i) instanceof Cell.Refused refused) {
                    first.putIfAbsent(refused.line(), row.name + ", " + columns.get(i));
                }
            }
        }
        return first.entrySet().stream()
                .map(one -> "refused    " + one.getValue() + ": " + one.getKey())
                .toList();
    }

    private static String[] cells(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).toArray(String[]::new);
    }

    /** Whether a bound has ended a search. */
    public boolean isOpen() {
        return found().anyMatch(LevelTable::isOpen);
    }

    /**
     * The same table, if there is anything in it.
     *
     * @throws RuntimeException the first refusal, if all was refused
     */
    public LevelTable orRefusal() {
        if (found().findAny().isEmpty()) {
            refused().findFirst().ifPresent(refused -> {
                throw refused.reason;
            });
        }
        return this;
    }

    private Stream<Consistency> found() {
        return all(Cell.Found.class).map(Cell.Found::consistency);
    }

    private Stream<Cell.Refused> refused() {
        return all(Cell.Refused.class);
    }

    private <C extends Cell> Stream<C> all(Class<C> kind) {
        return rows.stream()
                .flatMap(row -> row.cells.stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Whether a bound has ended the search: then no level is known to be kept, whatever was found before. */
    private static boolean isOpen(Consistency cell) {
        return !cell.verdict().bounds().isEmpty();
    }

    private static String text(Cell cell, boolean all) {
        return cell instanceof Cell.Found found ? text(found.consistency, all) : "refused";
    }

    private static String text(Consistency cell, boolean all) {
        String bar = (all ? cell.verdict().findings().stream() : cell.bar().stream())
                .sorted(Comparator.comparingInt(Violation::depth))
                .map(violation -> violation.property().text() + " " + violation.depth())
                .collect(Collectors.joining(", "));
        if (cell.level().isEmpty()) {
            if (isOpen(cell)) {
                return bar.isEmpty() ? "?" : "? (" + bar + ")";
            }
            return bar.isEmpty() ? unbarred(cell.verdict().kind()) : bar;
        }
        return cell.level().get().text() + (bar.isEmpty() ? "" : " (" + bar + ")");
    }

    /** What to say where no level is kept and nothing bars one. */
    private static String unbarred(Verdict.Kind kind) {
        return kind == Verdict.Kind.HOLDS ? "holds, no level" : kind.text();
    }

    /**
     * What tools read of a table of protocols by models of fetching.
     *
     * @param bases the scenario of each, but for the model
     */
    public List<Object> json(List<Scenario> bases) {
        List<Object> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("protocol", row.name);
            line.put("scenario", ScenarioText.print(bases.get(r)));
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                cells.add(json(columns.get(i), row.cells.get(i)));
            }
            line.put("models", cells);
            lines.add(line);
        }
        return lines;
    }

    private static Map<String, @Nullable Object> json(String model, Cell either) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("fetch", model);
        if (either instanceof Cell.Refused refused) {
            one.put("refused", refused.line());
            return one;
        }
        Consistency cell = ((Cell.Found) either).consistency;
        one.put("verdict", cell.verdict().kind().text());
        one.put("level", cell.level().map(Level::text).orElse(null));
        one.put("bar", cell.bar().map(violation -> violation.property().text()).orElse(null));
        one.put("steps", cell.bar().map(violation -> violation.depth()).orElse(null));
        one.put("states", cell.verdict().effort().states());
        return one;
    }
}
