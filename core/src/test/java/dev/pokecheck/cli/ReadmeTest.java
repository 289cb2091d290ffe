// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of its C file besides the commands, which {@link CommandsTest} runs. */
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("basedir", "."), "..", "README.md");
    private static final Pattern C = Pattern.compile("(?ms)^```c\n(.*?)^```$");

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void write() throws IOException {
        Matcher text = C.matcher(Files.readString(README));
        assertTrue(text.find());
        file = CFiles.write(folder.resolve("it.c"), text.group(1)).toString();
    }

    @Test
    void theFileIsShort() throws IOException {
        assertTrue(Files.readAllLines(Path.of(file)).size() <= 50);
    }

    @Test
    void aPlainStoreIsTornWithAnyNumberOfSynchronisations() throws IOException {
        String text = Files.readString(Path.of(file));
        String plain = text.replaceFirst(
                "(?s)(static void poke_one\\(int s\\)\n\\{\n).*?\n\\}\n",
                "$1\ttext_poke_sync();\n\ttext_poke(POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s));\n\ttext_poke_sync();\n\ttext_poke_sync();\n}\n");
        assertFalse(plain.equals(text));
        CFiles.write(Path.of(file), plain);
        for (String fetch : List.of("coherent", "stale-chunk")) {
            Outcome outcome = Outcome.of("check " + file + " --fetch " + fetch);
            assertEquals(1, outcome.code(), outcome.err());
            assertTrue(outcome.lastLine().startsWith("VIOLATED: torn after "), outcome.lastLine());
        }
    }
}
