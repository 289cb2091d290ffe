// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({"HOLDS, 0", "VIOLATED, 1", "NO_VIOLATION_WITHIN, 4", "SAMPLED, 4", "VACUOUS, 4"})
    void verdicts(Kind kind, int code) {
        assertEquals(code, ExitCode.of(kind).number());
    }

    @Test
    void theWorstOfSeveralWins() {
        assertEquals(ExitCode.VIOLATED, ExitCode.INCONCLUSIVE.worse(ExitCode.VIOLATED));
        assertEquals(ExitCode.DIVERGED, ExitCode.DIVERGED.worse(ExitCode.VIOLATED));
        assertEquals(ExitCode.INCONCLUSIVE, ExitCode.INCONCLUSIVE.worse(ExitCode.HOLDS));
    }

    /** An output that fails stands for a fault of the program. */
    @Test
    void internalErrorsHaveNoStackTraceUnlessAskedFor() {
        String plain = failing("list");
        assertTrue(
                plain.startsWith("pokecheck: internal error: java.lang.IllegalStateException: disk on fire\n"), plain);
        assertTrue(plain.contains("Please report it"), plain);
        assertFalse(plain.contains("\tat "), plain);
        assertTrue(failing("list", "--stacktrace").contains("\tat "));
    }

    private static String failing(String... args) {
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(Writer.nullWriter()) {
            @Override
            public void write(String text, int from, int length) {
                throw new IllegalStateException("disk on fire");
            }

            @Override
            public void write(char[] text, int from, int length) {
                throw new IllegalStateException("disk on fire");
            }
        };
        assertEquals(ExitCode.INTERNAL_ERROR.number(), Main.run(out, new PrintWriter(err), args));
        return err.toString();
    }
}
