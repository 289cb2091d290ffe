// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a locale of ASCII, Java cannot name a file such as {@code café.poke}; a shell makes one here, as this test may run in such a locale, too. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
    @TempDir
    private Path folder;

    private Process shell(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PROGRAM", quoted(ProgramProcess.of().command()));
        return builder.start();
    }

    private static String quoted(List<String> words) {
        return String.join(" ", words);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check naive --save NAME",
                "check naive --json NAME",
                "check naive --html NAME",
                "check naive --sites tsv:NAME#1",
                "check naive --profile NAME",
                "replay NAME",
                "replay --promote NAME",
                "minimize NAME"
            })
    void aNameThatItCannotSayIsRefusedAndNothingWritten(String line) throws IOException, InterruptedException {
        Process process = shell("exec $PROGRAM " + line.replace("NAME", "$(printf 'caf\\303\\251')"));
        String said = ProgramProcess.errors(process);
        assertTrue(
                said.startsWith("pokecheck: \"") && said.contains("cannot be the name of a file in this locale"), said);
        assertTrue(said.endsWith("; give it another name, or set LC_ALL=C.UTF-8"), said);
        assertEquals(2, process.exitValue());
        assertEquals(List.of(), names());
    }

    @Test
    void aFolderThatItCannotSayIsRefusedToo() throws IOException, InterruptedException {
        Process process =
                shell("d=$(printf 'caf\\303\\251'); mkdir $d; cd $d; $PROGRAM check naive --save a.poke; code=$?;"
                        + " cd ..; rmdir $d || exit 9; exit $code");
        assertTrue(ProgramProcess.errors(process).startsWith("pokecheck: the working folder is gone, or this locale"));
        assertEquals(2, process.exitValue(), "and the folder is empty");
    }
}
