// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code show} prints is a file that other commands take. */
class ShowCommandTest {
    @TempDir
    private Path folder;

    private Path shown(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("show"));
        words.addAll(List.of(arguments));
        Outcome outcome = Outcome.of(words.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.err());
        Path file = folder.resolve("shown.c");
        Files.writeString(file, outcome.out());
        return file;
    }

    /** The lines that tell what was found, and in how many states. */
    private static List<String> found(String... arguments) {
        Outcome outcome = Outcome.of(arguments);
        return outcome.out()
                .lines()
                .filter(line -> line.matches("(found|effort|VIOLATED|HOLDS).*"))
                .map(line -> line.replaceAll(", [0-9.]+ seconds.*", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"naive", "text_poke_bp_batch", "text_poke_bp_batch@no-sync2", "kprobe"})
    void theFileHasTheSameVerdictAndCounts(String protocol) throws IOException {
        List<String> expected = found("check", protocol);
        assertTrue(expected.size() >= 2, expected::toString);
        assertEquals(expected, found("check", shown(protocol).toString()));
    }

    @Test
    void theScenarioThatWasAskedForIsInTheFile() throws IOException {
        String text = Files.readString(shown("naive", "--cpus", "3", "--nmi", "1"));
        assertTrue(text.startsWith("/* scenario: cpus=3 site0=nop5->jmp32 nmi=1\n"), text);
        assertTrue(text.contains("\n * source "), text);
        assertTrue(text.contains("void pokecheck_thread2(void)\n"), text);
    }

    @Test
    void whatIsShownOfAShownFileIsTheSame() throws IOException {
        Path first = shown("text_poke_late@rfc19");
        List<String> statements = statements(first);
        assertEquals(statements, statements(shown(first.toString())));
    }

    private static List<String> statements(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(lines.indexOf(" */"), lines.size());
    }
}
