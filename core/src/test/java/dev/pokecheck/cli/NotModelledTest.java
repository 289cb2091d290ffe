// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file leaves out is said with the verdict, and what words of a header leave out, if the protocol comes to them. */
class NotModelledTest {
    private static final String COMMENT = """
            /* not modelled: the mapping through
             *   which text is written
             */
            """;

    private static final String NOTE = """

            note       not modelled: the mapping through which text is written
            note       not modelled: perf events
            note       not modelled: lockdep
            """;

    @TempDir
    private Path folder;

    private Path file(String comment, String begin, String elsewhere) {
        return CFiles.write(
                folder.resolve("it.c"),
                comment,
                CFiles.STRANGER.replace("        poke_begin(s);\n", "        poke_begin(s);\n" + begin),
                elsewhere);
    }

    @Test
    void whatIsLeftOutIsNamedOnce() {
        Path file = file(COMMENT, """
                perf_event_text_poke(POKE_ADDR(s), POKE_OLD(s), 5, POKE_NEW(s), 5);
                lockdep_assert_held(&patching);
                lockdep_assert_cpus_held();
                """, "");
        Path entry = folder.resolve("it.poke");
        assertTrue(Outcome.of("check " + file + " --save " + entry).out().contains(NOTE));
        assertTrue(Outcome.of("check " + file + " -D SECOND_SYNC --level safe")
                .out()
                .contains(NOTE));
        assertTrue(Outcome.of("show " + file).out().replace("\n * ", "\n").contains(NOTE));
        assertTrue(Outcome.of("replay " + entry).out().contains(NOTE));
    }

    @Test
    void reportsSayIt() throws IOException {
        Path file = file(COMMENT, "lockdep_assert_held(&patching);\n", "");
        Path entry = folder.resolve("it.poke");
        for (String command : List.of(
                "check " + file + " --save " + entry + " --html " + folder.resolve("html"), "replay " + entry)) {
            Outcome.of(command + " --json " + folder.resolve("json") + " --markdown " + folder.resolve("md"));
            assertEquals(
                    "[\"the mapping through which text is written\",\"lockdep\"]",
                    new ObjectMapper()
                            .readTree(Files.readString(folder.resolve("json")))
                            .at("/results/0/notModelled")
                            .toString());
            String markdown = Files.readString(folder.resolve("md"));
            assertTrue(markdown.endsWith("\n\n- the mapping through which text is written\n- lockdep\n"), markdown);
        }
        assertTrue(Files.readString(folder.resolve("html")).contains("\"not modelled: lockdep\""));
    }

    @Test
    void whatIsNeverComeToIsNot() {
        Path file = file(
                "",
                "if (POKE_LEN(s) > 100) lockdep_assert_held(&patching);\n",
                "void f(void) { lockdep_assert_held(0); }\n");
        assertFalse(Outcome.of("check " + file).out().contains("not modelled"));
    }
}
