// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of columns, one column a CPU, set in fixed widths; with so many CPUs that the columns would be too narrow to read, a list in which each
 * line begins with its CPU.
 */
final class Grid {
    private static final String SEPARATOR = " \u2502 ";
    private static final int NARROWEST = 20;

    private final int columns;
    private final List<String> margins = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final List<List<Column>> rows = new ArrayList<>();
    /** For each row, the text that stands across all columns; empty if it has columns. */
    private final List<String> across = new ArrayList<>();

    Grid(int columns) {
        this.columns = columns;
    }

    /** Adds a row with something in its left margin, which belongs to one of the columns. */
    List<Column> row(String margin, int owner) {
        List<Column> row =
                IntStream.range(0, columns).mapToObj(c -> new Column()).toList();
        margins.add(margin);
        owners.add(owner);
        rows.add(row);
        across.add("");
        return row;
    }

    /** Adds a line across all columns. */
    void line(String text) {
        row("", 0);
        across.set(across.size() - 1, text);
    }

    /** Appends the text; the first row is the heading. */
    void print(StringBuilder out) {
        int margin = margins.stream().mapToInt(String::length).max().orElse(0);
        int room = TextTimeline.WIDTH - margin - columns * SEPARATOR.length();
        int[] widths = widths(room);
        if (IntStream.of(widths).sum() > room) {
            list(out, margin);
            return;
        }
        for (int r = 0; r < rows.size(); r++) {
            if (!across.get(r).isEmpty()) {
                out.append(across.get(r)).append('\n');
                continue;
            }
            print(out, margin, margins.get(r), rows.get(r), widths);
            if (r == 0) {
                rule(out, margin, widths);
            }
        }
    }

    /** Appends the rows below the heading without columns. */
    private void list(StringBuilder out, int margin) {
        int name = rows.get(0).stream().mapToInt(Column::naturalWidth).max().orElse(0);
        int width = TextTimeline.WIDTH - margin - name - 2 * SEPARATOR.length();
        for (int r = 1; r < rows.size(); r++) {
            if (!across.get(r).isEmpty()) {
                out.append(across.get(r)).append('\n');
            }
            for (int c = 0; c < columns; c++) {
                String number = owners.get(r) == c ? margins.get(r) : "";
                String cpu = rows.get(0).get(c).fold(name).get(0);
                for (String line : rows.get(r).get(c).fold(width)) {
                    out.append(pad(number, margin, true))
                            .append(SEPARATOR)
                            .append(pad(cpu, name, false))
                            .append(SEPARATOR)
                            .append(line.stripTrailing())
                            .append('\n');
                    number = "";
                    cpu = "";
                }
            }
        }
    }

    /** A narrow column gets what it needs, the others share what is left. */
    private int[] widths(int room) {
        int[] widths = new int[columns];
        int[] natural = IntStream.range(0, columns)
                .map(c -> rows.stream()
                        .mapToInt(row -> row.get(c).naturalWidth())
                        .max()
                        .orElse(0))
                .toArray();
        int left = room;
        int open = columns;
        boolean settled = true;
        while (settled && open > 0) {
            settled = false;
            for (int c = 0; c < columns; c++) {
                if (widths[c] == 0 && natural[c] <= left / open) {
                    widths[c] = Math.max(1, natural[c]);
                    left -= widths[c];
                    open--;
                    settled = true;
                    break;
                }
            }
        }
        for (int c = 0; c < columns; c++) {
            if (widths[c] == 0) {
                widths[c] = Math.max(NARROWEST, left / open);
            }
        }
        return widths;
    }

    private static void print(StringBuilder out, int margin, String number, List<Column> row, int[] widths) {
        List<List<String>> cells = IntStream.range(0, widths.length)
                .mapToObj(c -> row.get(c).fold(widths[c]))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder(i == 0 ? pad(number, margin, true) : " ".repeat(margin));
            for (int c = 0; c < widths.length; c++) {
                String text = i < cells.get(c).size() ? cells.get(c).get(i) : "";
                line.append(SEPARATOR).append(pad(text, widths[c], false));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void rule(StringBuilder out, int margin, int[] widths) {
        out.append("\u2500".repeat(margin + 1));
        for (int c = 0; c < widths.length; c++) {
            out.append('\u253c').append("\u2500".repeat(widths[c] + (c == widths.length - 1 ? 1 : 2)));
        }
        out.append('\n');
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(Math.max(0, width - text.length()));
        return right ? space + text : text + space;
    }
}
