// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A standard output that takes no more, in processes of their own. */
class ClosedOutputTest {
    @TempDir
    private Path folder;

    @EnabledOnOs(OS.LINUX)
    @Test
    void aReaderThatGoesIsNoError() throws IOException, InterruptedException {
        Path saved = folder.resolve("a.poke");
        Process process =
                ProgramProcess.of("check", "naive", "--save", saved.toString()).start();
        process.getInputStream().close();
        assertEquals("", ProgramProcess.errors(process));
        assertEquals(141, process.exitValue(), "no verdict was read");
        assertTrue(Files.readString(saved).startsWith("poke-corpus 1\n"), "all that was asked for is written");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void aFullDeviceIsOne() throws IOException, InterruptedException {
        Process process = ProgramProcess.of("list")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        assertEquals("pokecheck: the standard output cannot be written", ProgramProcess.errors(process));
        assertEquals(2, process.exitValue());
    }
}
