// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a header leaves out is said with the verdict, if the protocol comes to it. */
class NotModelledTest {
    private static final String NOTE = "\nnote       not modelled: perf events, lockdep\n";

    @TempDir
    private Path folder;

    private Path file(String begin, String elsewhere) {
        return CFiles.write(
                folder.resolve("it.c"),
                CFiles.STRANGER.replace("        poke_begin(s);\n", "        poke_begin(s);\n" + begin),
                elsewhere);
    }

    @Test
    void whatIsLeftOutIsNamedOnce() {
        Path file = file("""
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
    void whatIsNeverComeToIsNot() {
        Path file = file(
                "if (POKE_LEN(s) > 100) lockdep_assert_held(&patching);\n",
                "void f(void) { lockdep_assert_held(0); }\n");
        assertFalse(Outcome.of("check " + file).out().contains("not modelled"));
    }
}
