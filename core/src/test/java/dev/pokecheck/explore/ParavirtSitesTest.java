// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The paravirt sites of a Debian kernel, patched from the original call to its replacement, and there and back. Sites of one shape
 * (instruction boundaries of the replacement, and where an aligned chunk ends inside) differ only in values of displacements, so each
 * shape is searched once, with the bytes of its first site.
 */
class ParavirtSitesTest {
    private static final String TABLE = "/dev/pokecheck/insn/kernel-sites.tsv";
    private static final List<Integer> CHUNKS = List.of(8, 16, 32, 64);

    /** A row of the table. */
    private record Row(String original, String replacement, int offset) {
        String forth() {
            return original + "->" + replacement + "@" + offset;
        }

        String andBack() {
            return original + "->" + replacement + "->" + original + "@" + offset;
        }
    }

    private static List<Row> rows() throws IOException {
        try (InputStream in = ParavirtSitesTest.class.getResourceAsStream(TABLE)) {
            String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            List<String> head = List.of(lines[0].split("\t", -1));
            return List.of(lines).stream()
                    .map(line -> line.split("\t", -1))
                    .filter(cells -> cells[head.indexOf("kind")].equals("para"))
                    .filter(cells -> !cells[head.indexOf("repl")].isEmpty())
                    .map(cells -> new Row(
                            cells[head.indexOf("orig")],
                            cells[head.indexOf("repl")],
                            Integer.parseInt(cells[head.indexOf("off64")])))
                    .toList();
        }
    }

    /** For each shape its first row. */
    private static Map<String, Row> shapes(int chunk) throws IOException {
        Map<String, Row> shapes = new TreeMap<>();
        for (Row row : rows()) {
            Site site = SiteSpec.parse(row.forth()).place(0);
            int end = chunk - row.offset() % chunk;
            shapes.putIfAbsent(boundaries(site) + (end < site.length() ? " chunk ends at +" + end : ""), row);
        }
        return shapes;
    }

    private static Set<Integer> boundaries(Site site) {
        Set<Integer> found = new TreeSet<>();
        for (int offset = 1; offset < site.length(); offset++) {
            if (site.isBoundary(0, offset) || site.isBoundary(1, offset)) {
                found.add(offset);
            }
        }
        return found;
    }

    @Test
    void everyRowBelongsToAShape() throws IOException {
        assertEquals(95, rows().size());
        assertEquals(List.of(11, 11, 10, 9), CHUNKS.stream().map(this::count).toList());
    }

    private int count(int chunk) {
        try {
            return shapes(chunk).size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void forthHoldsForEveryShape() throws IOException {
        for (int chunk : CHUNKS) {
            for (Row row : shapes(chunk).values()) {
                assertEquals(new TreeSet<>(), found("stop_machine", row.forth(), chunk, 0), row.forth());
                assertEquals(new TreeSet<>(), found("text_poke_late@repaired", row.forth(), chunk, 0), row.forth());
                assertEquals(new TreeSet<>(), found("text_poke_late@captured", row.forth(), chunk, 0), row.forth());
            }
        }
        for (Row row : shapes(64).values()) {
            assertEquals(new TreeSet<>(), found("text_poke_late@captured", row.forth(), 64, 1), row.forth());
        }
    }

    /** The return address of the five-byte call is inside the six-byte call; a replacement of one instruction has no such place. */
    @Test
    void forthAndBackFailsExactlyWhereTheReplacementHasAnInnerBoundary() throws IOException {
        boolean failed = false;
        boolean held = false;
        for (int chunk : CHUNKS) {
            for (Row row : shapes(chunk).values()) {
                boolean inner =
                        !boundaries(SiteSpec.parse(row.forth()).place(0)).isEmpty();
                Set<Incident> expected = new TreeSet<>(inner ? List.of(Incident.MID_INSTRUCTION) : List.of());
                for (String protocol : List.of("stop_machine", "text_poke_late@repaired", "text_poke_late@captured")) {
                    assertEquals(expected, found(protocol, row.andBack(), chunk, 0), protocol + " " + row.andBack());
                }
                failed |= inner;
                held |= !inner;
            }
        }
        assertTrue(failed && held);
    }

    /** Of NOPs it knows those of 2 and 5 bytes only. */
    @Test
    void theBreakpointMethodRefusesSixByteCallSites() throws IOException {
        for (Row row : rows()) {
            assertEquals(new TreeSet<>(List.of(Incident.BUG_ON)), found("text_poke_bp_batch", row.forth(), 64, 0));
        }
    }

    private static Set<Incident> found(String protocol, String sites, int chunk, int nmis) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(sites)))
                .with(s -> s.chunk(chunk).nmis(nmis).nmiWork(InterruptWork.SITE).reduce(true));
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        SearchResult result = Search.run(
                machine, SearchOptions.defaults().pruneOn(Incidents.FATAL).stuck(true));
        Set<Incident> incidents = new TreeSet<>();
        for (Finding finding : result.findings()) {
            assertEquals(Finding.Kind.INCIDENT, finding.kind(), protocol + " " + sites);
            incidents.add(Incident.values()[Long.numberOfTrailingZeros(finding.incident())]);
        }
        return incidents;
    }
}
