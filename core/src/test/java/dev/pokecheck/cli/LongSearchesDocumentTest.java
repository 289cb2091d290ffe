// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on long searches that stop and go on: in their order, with a bound that stops the first. */
class LongSearchesDocumentTest {
    private static final Path PAGE = Path.of("docs", "long_searches.md");
    private static final String PROGRAM = "java -jar core/target/pokecheck.jar ";

    @TempDir
    private Path folder;

    @Test
    void theCommandsDoWhatThePageSays() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> commands =
                page.stream().filter(line -> line.startsWith(PROGRAM)).toList();
        assertEquals(3, commands.size());
        Outcome first = run(commands.get(0).replace("30s", "1ms") + " --max-states 4000");
        assertEquals(ExitCode.INCONCLUSIVE.number(), first.code(), first.err());
        assertTrue(Files.exists(folder.resolve("search.ck")));
        Outcome second = run(commands.get(1));
        assertEquals(ExitCode.INCONCLUSIVE.number(), second.code(), second.err());
        Outcome third = run(commands.get(2));
        assertEquals(ExitCode.HOLDS.number(), third.code(), third.err());
        assertTrue(third.lastLine().startsWith("HOLDS at level regular"), third.lastLine());
        assertTrue(Files.notExists(folder.resolve("search.ck")));
    }

    private Outcome run(String command) {
        return Outcome.of(command.substring(PROGRAM.length())
                .replace("search.ck", folder.resolve("search.ck").toString()));
    }
}
