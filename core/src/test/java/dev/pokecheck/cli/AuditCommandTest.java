// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pokecheck audit}: what is printed, and the exit code. */
class AuditCommandTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/pokecheck/audit");

    @TempDir
    private Path folder;

    private static Outcome audit(String file, String object, String... options) {
        return Outcome.of(("audit " + FOLDER.resolve(file) + " " + object + " " + String.join(" ", options)).strip());
    }

    @Test
    void differencesAreAVerdict() {
        Outcome outcome = audit("moved.c", FOLDER.resolve("moved.o").toString());
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertEquals(
                FOLDER.resolve("moved.c")
                        + ":9:6: load of z: moved: in pokecheck_patcher() it comes after the store of y of line 10",
                outcome.lines().get(0));
        assertEquals(
                "3 accesses of " + FOLDER.resolve("moved.c") + " were looked for in " + FOLDER.resolve("moved.o")
                        + ": 2 differences, 0 not matched.",
                outcome.lastLine());
    }

    @Test
    void whatIsAsWrittenEndsWithZero() {
        Outcome outcome = audit("plain.c", FOLDER.resolve("once.o").toString(), "-D", "ONCE");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                "6 accesses of " + FOLDER.resolve("plain.c") + " were looked for in " + FOLDER.resolve("once.o")
                        + ": 0 differences, 0 not matched.\n",
                outcome.out());
    }

    @Test
    void whatIsNotMatchedIsNoVerdict() {
        assertEquals(4, audit("moved.c", FOLDER.resolve("plain.o").toString()).code());
    }

    @Test
    void whatIsNoObjectFileIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("no.o"), "text");
        Outcome outcome = audit("moved.c", text.toString());
        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertEquals("pokecheck: " + text + ": this is no ELF file\n", outcome.err());
        assertEquals(2, audit("moved.c", folder.resolve("none.o").toString()).code());
    }
}
