// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Functions of the kernel, unedited, give the verdicts of the catalog's transcriptions. The kernel's file is not here: the environment variables name one each,
 * {@code POKECHECK_ALTERNATIVE_6_1} that of Linux 6.0 to 6.15, {@code POKECHECK_ALTERNATIVE_6_16} a later one; without them it is skipped.
 */
class VerbatimKernelTest {
    private static final Path FOLDER = Path.of("docs/verbatim");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @Tag("full")
    @CsvSource({
        "POKECHECK_ALTERNATIVE_6_1, text_poke_bp.c, text_poke_bp_batch",
        "POKECHECK_ALTERNATIVE_6_16, smp_text_poke.c, smp_text_poke_batch"
    })
    void givesTheVerdictsOfTheCatalog(String variable, String entry, String protocol)
            throws IOException, InterruptedException {
        String kernel = System.getenv(variable);
        assumeTrue(kernel != null, variable + " does not name the kernel's alternative.c");
        String cut = cut(FOLDER.resolve(entry), Path.of(kernel));
        for (Scenario scenario : scenarios().toList()) {
            assertEquals(
                    answer(Check.search(
                            Machine.of(
                                    scenario,
                                    protocol,
                                    Catalog.find(protocol).orElseThrow().definition()),
                            CheckOptions.defaults())),
                    answer(Check.search(Machine.of(scenario, entry, source(entry, cut)), CheckOptions.defaults())),
                    scenario.toString());
        }
    }

    private static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))),
                Scenario.of(List.of(SiteSpec.parse("nop5->call"))).with(b -> b.cpus(3)),
                Scenario.of(List.of(SiteSpec.parse("nop2->jmp8"), SiteSpec.parse("nop2->jmp8"))),
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32->nop5"))));
    }

    private static String answer(Verdict verdict) {
        return verdict.kind().text() + " " + verdict.level();
    }

    private static CSource source(String entry, String kernel) throws IOException {
        String text = Files.readString(FOLDER.resolve(entry));
        return new CSource(
                new SourceText(entry, text),
                (name, quoted, from) ->
                        name.equals("alternative.c") ? Optional.of(new SourceText(name, kernel)) : Optional.empty(),
                List.of());
    }

    private String cut(Path entry, Path kernel) throws IOException, InterruptedException {
        Path out = folder.resolve("alternative.c");
        Process awk;
        try {
            awk = new ProcessBuilder(
                            "awk", "-f", FOLDER.resolve("cut.awk").toString(), entry.toString(), kernel.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no awk: " + e.getMessage());
            throw e;
        }
        int end = awk.waitFor();
        assertEquals("", Files.readString(folder.resolve("errors")));
        assertEquals(0, end);
        return Files.readString(out);
    }

    /** What is cut stands on its own lines, whatever is around it. */
    @Test
    void cutsWholeDefinitionsAndKeepsTheirLines() throws IOException, InterruptedException {
        String text = """
                /* other
                int wanted;
                */
                static int other(int wanted);
                struct wanted_struct {
                	int a;
                };
                struct other { struct wanted_struct a; };
                #define WANTED(x) \\
                	(x)
                static __always_inline
                struct wanted_struct *wanted(void)
                {
                	return other(wanted_array);
                }
                static int wanted_array[3];
                int user(void) { return wanted(); }
                """;
        Path source = Files.writeString(folder.resolve("source.c"), text);
        Path entry = Files.writeString(
                folder.resolve("entry.c"), "/* cut: wanted_struct WANTED\n * cut: wanted wanted_array */\n");
        List<String> lines = text.lines().toList();
        String expected = Stream.iterate(1, n -> n <= lines.size(), n -> n + 1)
                .map(n -> (n >= 5 && n <= 7) || (n >= 9 && n <= 16) ? lines.get(n - 1) + "\n" : "\n")
                .reduce("", String::concat);
        assertEquals(expected, cut(entry, source));
    }
}
