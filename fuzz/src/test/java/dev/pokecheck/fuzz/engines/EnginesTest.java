// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of engines. */
class EnginesTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Path FAIL = BASE.resolve("../corpus/fail");

    private static final String REMEDY =
            " in docs/engines.md; mvn -B -Pfuzz -pl core,fuzz verify -Dpokecheck.engines=20"
                    + " -Dpokecheck.protocol=missing makes the rows that are missing";

    /** The table that is checked in speaks of every broken protocol of the corpus. */
    @Test
    void theTableNamesEveryBrokenProtocol() throws IOException {
        Path file = BASE.resolve("docs/engines.md");
        String table = Files.readString(file);
        List<Task> tasks = EnginesTable.tasks(FAIL);
        assertFalse(tasks.isEmpty());
        long missing = tasks.stream()
                .filter(task -> !table.contains("\n| " + task.text() + " |"))
                .count();
        assertEquals(
                missing > 0, table.contains(EnginesTable.missing(missing)), missing + " rows are missing" + REMEDY);
        for (Task task : tasks) {
            String protocol = task.entry().protocol();
            assertTrue(table.contains("\n| `" + protocol + "` |"), () -> "no row for " + protocol + REMEDY);
        }
    }

    /** Each engine finds what is easy, counts what it took, and is repeatable but for time. */
    @Test
    void everyEngineFindsATornMemcpy() throws IOException, InterruptedException {
        Task task = Task.read(FAIL.resolve("torn+memcpy-head-first.poke"));
        for (Engine engine : Engine.values()) {
            AttemptResult result = engine.attempt(task, 1, Cap.DEFAULT);
            assertTrue(result.found(), engine + ": " + result);
            assertTrue(result.runs() >= 1 && result.nanos() > 0, engine + ": " + result);
            System.out.println(engine.text() + ": seed 1, " + result);
            assertEquals(result.runs(), engine.attempt(task, 1, Cap.DEFAULT).runs(), engine + " again");
        }
    }

    /** Rows that are there stay, rows that are missing are made, and all are of one number of seeds. */
    @Test
    void aTableIsContinued(@TempDir Path folder) throws IOException, InterruptedException {
        Path fail = Files.createDirectories(folder.resolve("fail"));
        for (String name : List.of("torn+memcpy-head-first.poke", "bug+ud2-executed.poke")) {
            Files.copy(FAIL.resolve(name), fail.resolve(name));
        }
        List<Task> tasks = EnginesTable.tasks(fail);
        String kept = "| " + tasks.get(0).text() + " | a row of before |";
        Path table = folder.resolve("engines.md");
        Files.writeString(table, "# How fast the engines find what is broken: medians over 1 seed\n" + kept + "\n");
        Map<String, String> missing = new TreeMap<>(Map.of(
                "pokecheck.engines",
                "1",
                "pokecheck.protocol",
                "missing",
                "pokecheck.fail",
                fail.toString(),
                "pokecheck.out",
                table.toString()));
        assertEquals("", run(0, missing).replaceAll("(?m)^(\\| .*|the table is in .*)\n", ""));
        String text = Files.readString(table);
        assertTrue(text.contains("\n" + kept + "\n| " + tasks.get(1).text() + " | "), text);
        assertTrue(run(2, missing).contains("or no row is missing"));
        missing.put("pokecheck.engines", "2");
        assertTrue(run(2, missing).contains("are not over 2 seeds"));
        missing.put("pokecheck.engines", "many");
        assertTrue(run(2, missing).contains("\"many\" is no number of seeds"));
        assertEquals(text, Files.readString(table));
    }

    private static String run(int code, Map<String, String> properties) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                code,
                EnginesTable.run(
                        key -> properties.getOrDefault(key, ""), new PrintStream(out, true, StandardCharsets.UTF_8)),
                out::toString);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What is not found within the cap says so. */
    @Test
    void theCapIsKept() throws IOException, InterruptedException {
        Task task = Task.read(FAIL.resolve("corrupt-frame+breakpoint-in-nmi.poke"));
        AttemptResult result = Engine.RANDOM.attempt(task, 1, new Cap(50, Long.MAX_VALUE));
        assertEquals(50, result.runs());
        assertFalse(result.found());
    }

    @Test
    void medians() {
        AttemptResult fast = new AttemptResult(true, 10, 1_000_000_000L);
        AttemptResult slow = new AttemptResult(true, 30, 3_000_000_000L);
        AttemptResult none = new AttemptResult(false, 5, 5_000_000_000L);
        assertEquals("10 | 1.000", AttemptResult.cells(List.of(fast)));
        assertEquals("20 | 2.000", AttemptResult.cells(List.of(slow, fast)));
        assertEquals("30 (2/3) | 3.000", AttemptResult.cells(List.of(none, slow, fast)));
        assertEquals(">cap (1/2) | >cap", AttemptResult.cells(List.of(none, fast)));
    }

    /** The session against the better of the others. */
    @Test
    void comparisons() {
        AttemptResult few = new AttemptResult(true, 10, 1);
        AttemptResult many = new AttemptResult(true, 30, 1);
        AttemptResult none = new AttemptResult(false, 99, 1);
        assertEquals("3.00", AttemptResult.against(List.of(many), List.of(few), List.of(none)));
        assertEquals(
                "finds what both miss",
                AttemptResult.against(List.of(many, few), List.of(none, none), List.of(none, none)));
        assertEquals(
                "misses it, too, in 1",
                AttemptResult.against(List.of(many, none), List.of(none, none), List.of(none, none)));
    }
}
