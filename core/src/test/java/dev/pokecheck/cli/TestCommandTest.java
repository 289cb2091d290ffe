// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pokecheck test}: each line {@code expect:} is met, or not, or none. */
class TestCommandTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) {
        return CFiles.write(
                folder.resolve("it.c"), "// expect: " + String.join("\n// expect: ", lines) + "\n", CFiles.STRANGER);
    }

    @Test
    void linesThatAreMet() {
        Path file = file(
                "violates torn",
                "-D SECOND_SYNC holds",
                "-D SECOND_SYNC holds safe",
                "-D SECOND_SYNC holds exactly atomic",
                "--fetch coherent --sites 'nop2->jmp8' holds exactly atomic");
        Outcome outcome = Outcome.of("test " + file);
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        assertEquals(file + ":1:12: met: violates torn", outcome.lines().get(0));
        assertEquals("5 of 5 lines are met.", outcome.lastLine());
        assertEquals(
                "5 of 5 lines are met.\n", Outcome.of("test --quiet " + file).out());
    }

    @Test
    void linesThatAreNot() {
        Path file =
                file("holds", "-D SECOND_SYNC violates torn", "-D SECOND_SYNC holds exactly regular", "violates torn");
        Outcome outcome = Outcome.of("test " + file);
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertTrue(
                outcome.lines()
                        .get(0)
                        .matches("\\Q" + file
                                + "\\E:1:12: NOT MET: expected: holds; found: VIOLATED: torn after \\d+ steps .*; see:"
                                + " java -jar pokecheck.jar check \\Q" + file + "\\E"),
                outcome.out());
        assertTrue(
                outcome.lines()
                        .get(1)
                        .startsWith(file + ":2:12: NOT MET: expected: -D SECOND_SYNC violates torn; found: HOLDS"),
                outcome.out());
        assertTrue(outcome.lines().get(1).endsWith(" -D SECOND_SYNC --property torn"), outcome.out());
        assertTrue(
                outcome.lines()
                        .get(2)
                        .startsWith(
                                file
                                        + ":3:12: NOT MET: expected: -D SECOND_SYNC holds exactly regular; found: HOLDS at level atomic"),
                outcome.out());
        assertEquals("1 of 4 lines are met.", outcome.lastLine());
    }

    @Test
    void whatABoundEndsIsInconclusive() {
        Outcome outcome = Outcome.of("test " + file("-D SECOND_SYNC --max-states 5 holds"));
        assertEquals(ExitCode.INCONCLUSIVE.number(), outcome.code(), outcome.err());
        assertTrue(outcome.out()
                .contains("NOT MET: expected: -D SECOND_SYNC --max-states 5 holds; found: NO VIOLATION WITHIN"));
    }

    @Test
    void definitionsAreForAllLinesAndInTheCommandThatShowsThem() {
        Outcome outcome = Outcome.of("test -DSECOND_SYNC " + file("violates torn", "holds"));
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertTrue(outcome.lines().get(0).endsWith("/it.c -D SECOND_SYNC --property torn"), outcome.out());
        assertEquals("1 of 2 lines are met.", outcome.lastLine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | \"nothing\" claims nothing; write options of 'check', and then 'violates PROPERTY'",
                "violates | after 'violates' stands the name of a property, and then the line ends",
                "violates trn | property \"trn\" is none of torn,",
                "holds exactly | after 'holds exactly' stands the name of a level, and then the line ends",
                "holds sfae | level \"sfae\" is none of none, safe, regular, atomic, group; did you mean safe?",
                "holds safe and sound | after 'holds' stands the name of a level, and then the line ends",
                "--level safe holds atomic | --level says what must hold, and so does 'holds atomic'; leave one of them out",
                "--property=torn violates torn | --property says what must hold, and so does 'violates torn'",
                "--cpu 3 holds | Unknown options: '--cpu', '3'",
                "--save x.poke holds | Unknown options: '--save', 'x.poke'",
                "--cpus 9 holds | --cpus=9 is outside 1..8",
                "--order sideways holds | order \"sideways\" is none of bfs, dfs"
            })
    void linesThatAreNone(String line, String complaint) {
        Path file = file("violates torn", line);
        Outcome outcome = Outcome.of("test " + file);
        assertEquals(ExitCode.USAGE.number(), outcome.code(), outcome.out());
        assertTrue(outcome.err().startsWith(file + ":2:12: "), outcome.err());
        assertTrue(outcome.err().contains(complaint), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void aFileThatCannotBeReadIsSaidOnceAndTheOthersAreTested() {
        Path file = file("violates torn");
        Path broken =
                CFiles.write(folder.resolve("broken.c"), "// expect: holds\n// expect: violates torn\nint x = ;\n");
        Path silent = CFiles.write(folder.resolve("silent.c"), CFiles.STRANGER);
        Outcome outcome = Outcome.of("test " + broken + " " + silent + " " + folder + "/no.c " + file);
        assertEquals(ExitCode.USAGE.number(), outcome.code(), outcome.out());
        assertEquals(2, outcome.err().split(broken + ":3:9: ", -1).length, outcome.err());
        assertTrue(outcome.err().contains(silent + ":1:1: there is no line 'expect:' in the comments"), outcome.err());
        assertTrue(outcome.err().contains("pokecheck: " + folder + "/no.c: there is no such file"), outcome.err());
        assertEquals(
                List.of(
                        broken + ":1:12: REFUSED: holds",
                        broken + ":2:12: REFUSED: violates torn",
                        file + ":1:12: met: violates torn",
                        "1 of 3 lines are met."),
                outcome.lines());
    }
}
