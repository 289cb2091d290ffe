// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Protocols that were recorded in Java and are C now: each C form against what all states of its Java form came to, in several scenarios.
 * {@code -Dpokecheck.promote=true} writes {@code core/docs/c-catalog.md} anew.
 *
 * <p>What the Java forms came to is data, {@code java-forms.txt}, taken from them before they went; that one does not change.
 */
class FormsTest {
    private static final Path JAVA = Path.of("src/test/resources/dev/pokecheck/catalog/java-forms.txt");
    private static final Path WHY = Path.of("src/test/resources/dev/pokecheck/catalog/forms-differ.txt");
    private static final Path DOCUMENT = Path.of("docs/c-catalog.md");
    private static final String NOTHING = "-";
    private static final int SAMPLE = 8;

    /** A protocol in a scenario, and what its Java form came to. */
    private record Row(String protocol, String scenario, FormCounts java) {
        static Row parse(String line) {
            String[] parts = line.split("; ", -1);
            List<String> found = parts[2].equals(NOTHING) ? List.of() : List.of(parts[2].split(" ", -1));
            List<Long> counts =
                    List.of(parts[3].split(" ", -1)).stream().map(Long::valueOf).toList();
            return new Row(parts[0], parts[1], new FormCounts(found, counts));
        }

        String name() {
            return protocol.replaceFirst("[@+].*", "");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why counts differ, by the name of the protocol. */
    private static Map<String, String> reasons() {
        return lines(WHY).stream()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a + " " + b, TreeMap::new));
    }

    private static String shown(FormCounts counts) {
        return counts.counts().stream().map(String::valueOf).collect(Collectors.joining(" / "));
    }

    private static String found(FormCounts counts) {
        return counts.found().isEmpty() ? "nothing" : String.join(" ", counts.found());
    }

    /** A row of the table, for which the C form is searched. */
    private static String searched(Row row, Map<String, String> reasons, Map<String, String> used) {
        FormCounts c = FormCounts.of(Catalog.find(row.protocol()).orElseThrow(), row.scenario())
                .orElseThrow();
        String asked = row.protocol() + " in " + row.scenario();
        assertEquals(row.java().found(), c.found(), asked);
        boolean same = row.java().equals(c);
        assertTrue(
                same || reasons.containsKey(row.name()),
                () -> asked + ": " + shown(row.java()) + " in Java, now " + shown(c) + ", for no reason");
        if (!same) {
            used.put(row.name(), reasons.get(row.name()));
        }
        return "| " + row.protocol() + " | `" + row.scenario() + "` | " + found(c) + " | " + shown(row.java()) + " | "
                + (same ? "the same" : shown(c)) + " |";
    }

    /** As many rows as there is time for in each run; of each protocol other scenarios. */
    @Test
    void everyEighthRowIsRight() throws IOException {
        List<String> document = Files.readAllLines(DOCUMENT, StandardCharsets.UTF_8);
        Map<String, String> reasons = reasons();
        List<String> rows = lines(JAVA);
        for (int i = 0; i < rows.size(); i += SAMPLE) {
            String row = searched(Row.parse(rows.get(i)), reasons, new TreeMap<>());
            assertTrue(document.contains(row), () -> DOCUMENT + " does not have " + row);
        }
    }

    @Test
    @Tag("full")
    void theCFormViolatesTheSame() throws IOException {
        Map<String, String> reasons = reasons();
        Map<String, String> used = new TreeMap<>();
        List<String> table = lines(JAVA).stream()
                .map(line -> searched(Row.parse(line), reasons, used))
                .toList();
        assertEquals(reasons.keySet(), used.keySet(), "reasons for what does not differ");
        compare(table, used);
    }

    private static void compare(List<String> table, Map<String, String> reasons) throws IOException {
        StringBuilder text = new StringBuilder("""
                # The catalog in C against its Java forms

                Each shipped protocol was a Java builder before it was a file of C. For both forms all states were visited, in several scenarios: what is violated
                somewhere, and so the level, must be the same; where states, transitions or depth differ, there is a reason below. `FormsTest` makes this page
                (`mvn -o -q -pl core test -Pfull -Dtest=FormsTest -Dpokecheck.promote=true`); the left counts are those of the Java forms on the day that each went.

                | protocol | scenario | violated somewhere | Java: states / transitions / depth | C |
                |---|---|---|---|---|
                """);
        table.forEach(line -> text.append(line).append('\n'));
        text.append("\n## Why counts differ\n\n");
        reasons.forEach((name, why) ->
                text.append("- `").append(name).append("`: ").append(why).append('\n'));
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.writeString(DOCUMENT, text, StandardCharsets.UTF_8);
        }
        assertEquals(Files.readString(DOCUMENT, StandardCharsets.UTF_8), text.toString());
    }
}
