// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.SiteChoice;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.machine.Nearest;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Sites from a table of real ones: tab-separated, the first line names the columns. {@code orig} and {@code repl} are the bytes of the
 * two versions, {@code off64} the offset in the cache line.
 */
final class SiteTable {
    static final String PREFIX = "tsv:";

    /** A table of all sites of a kernel has a few million bytes. */
    private static final int MAX_BYTES = 1 << 26;

    private static final String ORIG = "orig";
    private static final String REPL = "repl";
    private static final String OFF64 = "off64";
    private static final Pattern SPEC =
            Pattern.compile("tsv:(?<file>[^#?]+)(#(?<row>[^-]*)|\\?(?<query>.*?))(?<chain>(->[a-z]*)*)");

    private final String spec;
    private final String file;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> chain = new ArrayList<>(List.of(ORIG, REPL));

    private SiteTable(String spec, String file, List<String> lines, String more) {
        this.spec = spec;
        this.file = file;
        columns = fields(lines.get(0));
        lines.stream().skip(1).filter(line -> !line.isBlank()).forEach(line -> rows.add(fields(line)));
        for (String needed : List.of(ORIG, REPL, OFF64)) {
            column(needed);
        }
        for (String version :
                more.isEmpty() ? List.<String>of() : List.of(more.substring(2).split("->", -1))) {
            chain.add(UsageException.at(
                    "--sites " + spec, () -> Choice.of("version", version, new String[] {ORIG, REPL}, name -> name)));
        }
    }

    /** The runs for {@code tsv:FILE#ROW} or {@code tsv:FILE?column=value&column=value}: one for each shape in a scenario. */
    static List<SiteChoice> choices(String spec, Scenario scenario) {
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw new UsageException(
                    "--sites " + spec + ": write tsv:FILE#ROW for one row or tsv:FILE?column=value for all that match");
        }
        SiteTable table =
                new SiteTable(spec, matcher.group("file"), read(matcher.group("file")), matcher.group("chain"));
        String row = matcher.group("row");
        return row != null
                ? List.of(table.single(row))
                : table.shapes(table.matching(matcher.group("query")), scenario);
    }

    private static List<String> read(String file) {
        List<String> lines = NamedText.of("--sites", Path.of(file), MAX_BYTES, "which no table needs")
                .lines()
                .toList();
        if (lines.size() < 2) {
            throw new UsageException("--sites: " + file + " has no rows");
        }
        return lines;
    }

    private static List<String> fields(String line) {
        return List.of(line.split("\t", -1));
    }

    private int column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw wrong(file + " has no column \"" + name + "\"; it has " + String.join(", ", columns)
                    + Nearest.hint(name, columns));
        }
        return index;
    }

    private String value(int row, String column) {
        int index = column(column);
        List<String> fields = rows.get(row);
        return index < fields.size() ? fields.get(index) : "";
    }

    private SiteChoice single(String number) {
        if (!number.matches("[0-9]{1,9}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > rows.size()) {
            throw wrong("row \"" + number + "\" is not 1.." + rows.size());
        }
        int row = Integer.parseInt(number) - 1;
        if (value(row, REPL).isEmpty()) {
            throw wrong("row " + number + " has no replacement (column " + REPL + ")");
        }
        return new SiteChoice("", List.of(site(row)), 1);
    }

    /** The rows that match and have a replacement. */
    private List<Integer> matching(String query) {
        List<Integer> found =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        for (String condition : query.split("&", -1)) {
            int equals = condition.indexOf('=');
            if (equals < 0) {
                throw wrong("\"" + condition + "\" is not of the form column=value");
            }
            String column = condition.substring(0, equals);
            String wanted = condition.substring(equals + 1);
            column(column);
            List<String> values = found.stream()
                    .map(row -> value(row, column))
                    .distinct()
                    .sorted()
                    .toList();
            found.removeIf(row -> !value(row, column).equals(wanted));
            if (found.isEmpty()) {
                throw wrong("no row has " + condition + Nearest.hint(wanted, values));
            }
        }
        found.removeIf(row -> value(row, REPL).isEmpty());
        if (found.isEmpty()) {
            throw wrong("no row that matches has a replacement (column " + REPL + ")");
        }
        return found;
    }

    private SiteSpec site(int row) {
        List<String> versions = chain.stream().map(column -> value(row, column)).toList();
        return UsageException.at(
                "--sites " + spec + ": row " + (row + 1),
                () -> SiteSpec.parse(String.join("->", versions) + "@" + value(row, OFF64)));
    }

    /** One run for each shape, with its first row. */
    private List<SiteChoice> shapes(List<Integer> found, Scenario scenario) {
        Map<SiteShape, List<Integer>> byShape = new LinkedHashMap<>();
        for (int row : found) {
            byShape.computeIfAbsent(SiteShape.of(site(row).place(0), scenario), shape -> new ArrayList<>())
                    .add(row);
        }
        List<SiteChoice> choices = new ArrayList<>();
        byShape.forEach((shape, same) -> choices.add(new SiteChoice(
                "row " + (same.get(0) + 1) + ", " + shape.text(), List.of(site(same.get(0))), same.size())));
        return choices;
    }

    private UsageException wrong(String problem) {
        return new UsageException("--sites " + spec + ": " + problem);
    }
}
