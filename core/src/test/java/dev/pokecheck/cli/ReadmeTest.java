// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README's C file does what the README says: each command prints what stands below it, with anything in the place of dots. */
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("basedir", "."), "..", "README.md");
    private static final String PROGRAM = "java -jar pokecheck.jar ";
    private static final Pattern C = Pattern.compile("(?ms)^```c\n(.*?)^```$");
    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\n(.*?)^```$");
    private static final Pattern COMMAND =
            Pattern.compile("(?ms)^\\$ " + Pattern.quote(PROGRAM) + "([^\n]*)\n(.*?)(?=^\\$ |\\z)");

    @TempDir
    private Path folder;

    private String file = "";

    /** A command, and what it prints. */
    private record Example(String command, String prints) {}

    @BeforeEach
    void write() throws IOException {
        String text = found(C, Files.readString(README)).get(0).group(1);
        file = CFiles.write(folder.resolve("it.c"), text).toString();
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (MatchResult block : found(CONSOLE, Files.readString(README))) {
            found(COMMAND, block.group(1)).forEach(it -> examples.add(new Example(it.group(1), it.group(2))));
        }
        return examples;
    }

    @TestFactory
    List<DynamicTest> eachCommandPrintsWhatStandsBelowIt() throws IOException {
        List<Example> examples = examples();
        assertTrue(examples.size() >= 4, examples.toString());
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example.command, () -> check(example)))
                .toList();
    }

    private void check(Example example) {
        Outcome outcome = Outcome.of(example.command.replace("it.c", file));
        String printed = (outcome.out() + outcome.err()).replace(file, "it.c");
        String expected = Stream.of(example.prints.split("(?m)^\\.\\.\\.\n", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("(?:.*\n)?"));
        assertTrue(Pattern.compile(expected, Pattern.DOTALL).matcher(printed).matches(), printed);
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
