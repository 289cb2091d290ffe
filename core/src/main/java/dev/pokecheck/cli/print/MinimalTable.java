// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.MinimalSets;
import dev.pokecheck.property.Property;
import dev.pokecheck.report.Table;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sets of changes are minimal, scenario by scenario.
 *
 * @param protocols the protocols that were changed: the columns
 * @param rows the rows
 */
public record MinimalTable(List<String> protocols, List<Row> rows) {
    private static final int NAMED = 3;

    /**
     * A row.
     *
     * @param scenario the scenario
     * @param cells the sets for each protocol
     */
    public record Row(String scenario, List<MinimalSets> cells) {}

    /** Copies the lists. */
    public MinimalTable {
        protocols = List.copyOf(protocols);
        rows = List.copyOf(rows);
    }

    /** Whether anything was not decided. */
    public boolean isOpen() {
        return cells().anyMatch(cell -> !cell.open().isEmpty());
    }

    private Stream<MinimalSets> cells() {
        return rows.stream().flatMap(row -> row.cells.stream());
    }

    /** Prints it, with what was not decided, and how much was searched. */
    public void print(PrintWriter out, boolean markdown) {
        Table table = new Table(
                Stream.concat(Stream.of("scenario"), protocols.stream()).toArray(String[]::new));
        for (Row row : rows) {
            table.row(Stream.concat(Stream.of(row.scenario), row.cells.stream().map(MinimalTable::text))
                    .toArray(String[]::new));
        }
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        out.println(count(cells().mapToInt(MinimalSets::sets).sum(), "set") + " of changes, "
                + count(cells().mapToInt(MinimalSets::searches).sum(), "different program")
                + " searched; not searched: sets with a proper subset that holds.");
        rows.forEach(row -> untested(row).ifPresent(out::println));
        TreeSet<String> open =
                cells().flatMap(cell -> cell.open().stream()).collect(Collectors.toCollection(TreeSet::new));
        if (!open.isEmpty()) {
            int sets = cells().mapToInt(cell -> cell.open().size()).sum();
            out.println("Not decided: " + count(sets, "set") + (open.size() > NAMED ? ", among them" : ":"));
            open.stream().limit(NAMED).forEach(line -> out.println((markdown ? "* " : "  ") + line));
        }
    }

    /** What to say of a row of which no level is shown. */
    private static Optional<String> untested(Row row) {
        Set<Property> tested = EnumSet.noneOf(Property.class);
        row.cells.forEach(cell -> tested.addAll(cell.tested()));
        return tested.isEmpty()
                ? Optional.empty()
                : Optional.of("No level is shown in " + row.scenario
                        + ", where nobody executes a site; what holds there, holds for "
                        + tested.stream().map(Property::text).collect(Collectors.joining(", ")) + ".");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String text(MinimalSets cell) {
        String sets = cell.minimal().stream()
                .map(set -> set.isEmpty() ? "nothing needed" : String.join(" + ", set))
                .collect(Collectors.joining("; "));
        return (sets.isEmpty() ? "no set" : sets) + (cell.open().isEmpty() ? "" : " (?)");
    }
}
