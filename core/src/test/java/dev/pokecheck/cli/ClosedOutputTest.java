// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A standard output that takes no more, in processes of their own. */
class ClosedOutputTest {
    @TempDir
    private Path folder;

    private static ProcessBuilder program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String errors(Process process) throws IOException, InterruptedException {
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            String said = err.lines().collect(Collectors.joining("\n"));
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return said;
        }
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void aReaderThatGoesIsNoError() throws IOException, InterruptedException {
        Path saved = folder.resolve("a.poke");
        Process process = program("check", "naive", "--save", saved.toString()).start();
        process.getInputStream().close();
        assertEquals("", errors(process));
        assertEquals(141, process.exitValue(), "no verdict was read");
        assertTrue(Files.readString(saved).startsWith("poke-corpus 1\n"), "all that was asked for is written");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void aFullDeviceIsOne() throws IOException, InterruptedException {
        Process process = program("list")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        assertEquals("pokecheck: the standard output cannot be written", errors(process));
        assertEquals(2, process.exitValue());
    }
}
