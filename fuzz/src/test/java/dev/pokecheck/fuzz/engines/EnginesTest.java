// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of engines. */
class EnginesTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Path FAIL = BASE.resolve("../corpus/fail");

    /** The table that is checked in speaks of every broken protocol of the corpus. */
    @Test
    void theTableNamesEveryBrokenProtocol() throws IOException {
        Path file = BASE.resolve("docs/engines.md");
        assumeTrue(Files.exists(file), "no table yet: mvn -B -Pfuzz verify -Dpokecheck.engines=20 makes it");
        String table = Files.readString(file);
        List<Task> tasks = EnginesTable.tasks(FAIL);
        assertFalse(tasks.isEmpty());
        for (Task task : tasks) {
            assertTrue(
                    table.contains("| " + task.text() + " |"),
                    () -> "docs/engines.md says nothing of " + task.text()
                            + "; mvn -B -Pfuzz -pl core,fuzz verify -Dpokecheck.engines=20 -Dpokecheck.protocol="
                            + task.entry().protocol()
                            + " makes the rows of this protocol anew, and without the protocol all");
        }
    }

    /** Each engine finds what is easy, counts what it took, and is repeatable but for time. */
    @Test
    void everyEngineFindsATornMemcpy(@TempDir Path folder) throws IOException, InterruptedException {
        Path counting = CountingClasses.make(folder);
        Task task = Task.read(FAIL.resolve("torn+memcpy-head-first.poke"));
        for (Engine engine : Engine.values()) {
            Result result = engine.attempt(task, 1, Cap.DEFAULT, counting);
            assertTrue(result.found(), engine + ": " + result);
            assertTrue(result.runs() >= 1 && result.nanos() > 0, engine + ": " + result);
            System.out.println(engine.text() + ": seed 1, " + result);
            assertEquals(
                    result.runs(),
                    engine.attempt(task, 1, Cap.DEFAULT, counting).runs(),
                    engine + " again");
        }
    }

    /** What is not found within the cap says so. */
    @Test
    void theCapIsKept() throws IOException, InterruptedException {
        Task task = Task.read(FAIL.resolve("corrupt-frame+breakpoint-in-nmi.poke"));
        Result result = Engine.RANDOM.attempt(task, 1, new Cap(50, Long.MAX_VALUE), BASE);
        assertEquals(50, result.runs());
        assertFalse(result.found());
    }

    @Test
    void medians() {
        Result fast = new Result(true, 10, 1_000_000_000L);
        Result slow = new Result(true, 30, 3_000_000_000L);
        Result none = new Result(false, 5, 5_000_000_000L);
        assertEquals("10 | 1.000", Result.cells(List.of(fast)));
        assertEquals("20 | 2.000", Result.cells(List.of(slow, fast)));
        assertEquals("30 (2/3) | 3.000", Result.cells(List.of(none, slow, fast)));
        assertEquals(">cap (1/2) | >cap", Result.cells(List.of(none, fast)));
    }
}
