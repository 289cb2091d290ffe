// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of mistakes, {@code core/docs/c-mistakes.md}: files of {@code mistakes.txt}, each with what is printed of it. */
class MistakesTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Path INPUT = BASE.resolve("src/test/resources/dev/pokecheck/source/mistakes.txt");
    private static final Path PAGE = BASE.resolve("docs/c-mistakes.md");
    private static final String READ = "(read without a complaint)";

    private record Mistake(String title, String text) {}

    /** Each begins with a line that begins with an equals sign. */
    private static List<Mistake> mistakes() throws IOException {
        return List.of(Files.readString(INPUT).split("(?m)^= ")).stream()
                .filter(part -> !part.isBlank())
                .map(part -> new Mistake(
                        part.lines().findFirst().orElseThrow(),
                        part.substring(part.indexOf('\n') + 1).strip() + "\n"))
                .toList();
    }

    private static String printed(String text) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        CSource source =
                new CSource(new SourceText("my_poke.c", text), (name, quoted, from) -> Optional.empty(), List.of());
        try {
            Protocol.record("my_poke.c", scenario.setting(), source);
            return READ;
        } catch (SourceException e) {
            return e.complaints().stream().map(Complaint::withCaret).collect(Collectors.joining("\n"));
        }
    }

    private static String page(List<Mistake> mistakes) {
        StringBuilder page = new StringBuilder("""
                # Mistakes in C, and what is printed

                A file that cannot be read as a protocol is refused: one line for each mistake, `file:line:column: what; what to do instead`, the line and a caret, and exit code 2.
                A test makes this page: each file here is read for the scenario `site0=nop5->jmp32`.
                """);
        for (Mistake mistake : mistakes) {
            page.append("\n## ")
                    .append(mistake.title())
                    .append("\n\n```c\n")
                    .append(mistake.text())
                    .append("```\n```\n");
            page.append(printed(mistake.text())).append("\n```\n");
        }
        return page.toString();
    }

    @Test
    void thePageIsWhatIsPrinted() throws IOException {
        String page = page(mistakes());
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.writeString(PAGE, page);
            return;
        }
        assertEquals(
                Files.readString(PAGE),
                page,
                () -> PAGE + " is out of date; if what came out is right, run the test with -Dpokecheck.promote=true");
    }

    /** Titles in brackets are no mistakes, and all others are. */
    @Test
    void whatIsNoMistakeIsRead() throws IOException {
        for (Mistake mistake : mistakes()) {
            boolean isNone = mistake.title().endsWith("(no mistake)");
            assertEquals(isNone, printed(mistake.text()).equals(READ), mistake.title());
        }
    }

    /** A caret under the place, and what to do, or what is wrong says it. */
    @Test
    void eachRefusalHasItsPlace() throws IOException {
        for (Mistake mistake : mistakes()) {
            String printed = printed(mistake.text());
            assertTrue(
                    printed.equals(READ)
                            || printed.matches("(?s)my_poke\\.c:[0-9]+:[0-9]+: .+\n    .*\n    [\\s]*\\^.*"),
                    printed);
        }
    }
}
