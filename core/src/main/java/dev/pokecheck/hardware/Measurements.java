// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was measured on some CPUs. */
public final class Measurements {
    /** How a source names rows. */
    private static final Pattern NAMED = Pattern.compile("(?<table>measured/[^:]+): (?<rows>[^;]+)");

    private Measurements() {}

    /**
     * One outcome of one experiment.
     *
     * @param id its name in its table
     * @param outcome what was looked for
     * @param seen how often it was seen: a number, or a rate where runs differ
     * @param of how often it could have been; {@code -} where only a rate is known
     * @param unit of what
     */
    public record Row(String id, String outcome, String seen, String of, String unit) {
        private static final String RATE = "/s";

        /** It in words. */
        public String text() {
            boolean rate = seen.endsWith(RATE);
            String times = rate ? seen.substring(0, seen.length() - RATE.length()) : seen;
            String all = of.equals("-") ? " " : " of " + of + " ";
            return id + ": " + outcome + ": " + times + all + unit + (rate ? " a second" : "");
        }

        /** Whether it was never seen. */
        public boolean isNever() {
            return seen.equals("0");
        }
    }

    /** The rows of a table: {@code measured/amd-zen4.tsv}. */
    public static List<Row> of(String table) {
        return Profiles.resource(table)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> row(table, line.split("\t", -1)))
                .toList();
    }

    /** The rows on which a shipped profile rests, in its order. */
    public static List<Row> behind(HardwareProfile shipped) {
        return shipped.evidence().stream()
                .map(evidence -> NAMED.matcher(evidence.source()))
                .filter(Matcher::lookingAt)
                .flatMap(named ->
                        Stream.of(named.group("rows").split(", ", -1)).map(id -> row(named.group("table"), id)))
                .distinct()
                .toList();
    }

    private static Row row(String table, String id) {
        return find(table, id).orElseThrow(() -> new IllegalStateException(table + " has no row " + id));
    }

    private static Row row(String table, String[] cells) {
        if (cells.length != 5) {
            throw new IllegalStateException(table + ": " + String.join(" ", cells) + ": has not five columns");
        }
        return new Row(cells[0], cells[1], cells[2], cells[3], cells[4]);
    }

    /** The row of a table with a name. */
    public static Optional<Row> find(String table, String id) {
        return of(table).stream().filter(row -> row.id().equals(id)).findFirst();
    }
}
