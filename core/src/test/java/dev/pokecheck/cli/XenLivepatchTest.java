// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.source.FileComment.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xen_livepatch.c}: what its first comment expects; the entries of {@code corpus/} have the interleavings. */
class XenLivepatchTest {
    private static final Path FILE = Path.of("src/main/resources/dev/pokecheck/catalog/xen_livepatch.c");
    private static final Pattern EXPECTATION =
            Pattern.compile("(?<options>.*?)\\s*\\b(?<verdict>violates|holds)\\b\\s*(?<what>[\\w-]*)");

    private static Stream<String> expectations() throws IOException {
        return CFile.open(FILE, List.of(), List.of()).comment().expect().stream()
                .map(Said::words);
    }

    private static void check(String expectation) {
        Matcher expected = EXPECTATION.matcher(expectation);
        assertTrue(expected.matches(), expectation);
        String what = expected.group("what");
        String verdict = expected.group("verdict").equals("violates")
                ? "VIOLATED: " + what + " after "
                : "HOLDS " + (what.isEmpty() ? "for " : "at level " + what + " ");
        Outcome outcome = Outcome.of(("check " + FILE + " " + expected.group("options")).strip());
        assertTrue(outcome.lastLine().startsWith(verdict), expectation + ": " + outcome.lastLine());
    }

    /** The claim that was refuted: the barriers of free_payload() wait for the master. All other expectations of this size are entries. */
    @Test
    void unloadFreesNoPayloadThatIsInUse() {
        check("-D UNLOAD --property dead-object holds");
    }

    @ParameterizedTest
    @MethodSource("expectations")
    @Tag("full")
    void eachExpectationIsMet(String expectation) {
        check(expectation);
    }

    @Test
    void itHasANameAndNoRowInTablesOfAll() {
        assertEquals(
                "VIOLATED: deadlock after 65 steps (whatever happens, the run can never be completed any more).",
                Outcome.of("check xen_livepatch@retry").lastLine());
        assertTrue(
                Outcome.of("check xen_livepatch@retry+count-inside").lastLine().startsWith("VACUOUS: all 2664 states"),
                "nobody executes the site, and there is no violation");
        assertTrue(
                Outcome.of("check xen_livepatch").err().contains("needs a variant: xen_livepatch@ and one of retry, "),
                "the variants are named");
        assertTrue(Catalog.all().stream().noneMatch(entry -> entry.name().equals("xen_livepatch")), "no table has it");
    }

    @Test
    void theEntryOfEachFindingIsThere() throws IOException {
        String document = Files.readString(Path.of("docs/xen_livepatch.md"));
        List<String> entries = Pattern.compile("(?m)^\\| [A-I] \\|.*`([a-z-]+\\+xen-livepatch\\+[a-z0-9+-]+)`")
                .matcher(document)
                .results()
                .map(finding -> finding.group(1))
                .toList();
        assertEquals(9, entries.size(), "one for each finding");
        entries.forEach(entry -> assertTrue(Files.exists(Path.of("../corpus/fail/" + entry + ".poke")), entry));
    }

    /** Only options that the file knows: a misspelt macro would change nothing, and its expectation be that of another. */
    @Test
    void eachMacroOfAnExpectationMeansSomething() throws IOException {
        String text = Files.readString(FILE);
        String code = text.substring(text.indexOf("#include"));
        expectations()
                .flatMap(line -> Pattern.compile("-D (\\w+)").matcher(line).results())
                .map(macro -> macro.group(1))
                .forEach(macro -> assertTrue(
                        Pattern.compile("(?:ifdef|ifndef|defined\\()\\s*" + macro + "\\b")
                                .matcher(code)
                                .find(),
                        () -> macro.toLowerCase(Locale.ROOT) + " changes nothing"));
    }
}
