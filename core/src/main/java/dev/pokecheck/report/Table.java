// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of words, for a terminal or as Markdown. Columns of numbers stand to the right. */
public final class Table {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row, one cell a column. */
    public void row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The lines for a terminal: columns two blanks apart. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, "", "  ", "").stripTrailing());
        for (List<String> row : rows) {
            lines.add(line(row, "", "  ", "").stripTrailing());
        }
        return lines;
    }

    /** The lines of a Markdown table. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, "| ", " | ", " |"));
        List<String> rule = columns()
                .mapToObj(column -> "-".repeat(width(column) - 1) + (isNumeric(column) ? ":" : "-"))
                .toList();
        lines.add(line(rule, "| ", " | ", " |"));
        for (List<String> row : rows) {
            lines.add(line(row, "| ", " | ", " |"));
        }
        return lines;
    }

    private String line(List<String> cells, String before, String between, String after) {
        return columns()
                .mapToObj(column -> padded(cells.get(column), column))
                .reduce((a, b) -> a + between + b)
                .map(text -> before + text + after)
                .orElse("");
    }

    private String padded(String cell, int column) {
        String blanks = " ".repeat(width(column) - cell.length());
        return isNumeric(column) ? blanks + cell : cell + blanks;
    }

    private IntStream columns() {
        return IntStream.range(0, heads.size());
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(Math.max(3, heads.get(column).length()), Math::max);
    }

    private boolean isNumeric(int column) {
        return rows.stream().allMatch(row -> row.get(column).matches("[0-9.,]*"));
    }
}
