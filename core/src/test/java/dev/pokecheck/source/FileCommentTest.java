// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.source.FileComment.Said;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCommentTest {
    private static FileComment of(String text) {
        return FileComment.of(new SourceText("it.c", text));
    }

    private static List<String> said(List<Said> lines) {
        return lines.stream().map(line -> line.place() + " " + line.words()).toList();
    }

    @Test
    void linesOfAllCommentsBeforeTheCode() {
        FileComment comment = of("""
                // SPDX-License-Identifier: Apache-2.0
                /* Prose: of no interest.
                 * scenario: cpus=2  nmi=1\t
                 *
                 * expect: violates torn
                   expect: -D X holds */

                //expect: holds atomic
                int x; // expect: too late
                /* expect: too late */
                """);
        assertEquals(List.of("it.c:3:14 cpus=2  nmi=1"), said(comment.scenario()));
        assertEquals(
                List.of("it.c:5:12 violates torn", "it.c:6:12 -D X holds", "it.c:8:11 holds atomic"),
                said(comment.expect()));
    }

    @Test
    void endsOfLinesOfOtherSystems() {
        FileComment comment = of("/* scenario: cpus=2\r\n * expect: holds\r\n */\r\nint x;\r\n");
        assertEquals(List.of("it.c:1:14 cpus=2"), said(comment.scenario()));
        assertEquals(List.of("it.c:2:12 holds"), said(comment.expect()));
    }

    @Test
    void whatIsNotModelledGoesOnWhereLinesAreIndented() {
        FileComment comment = of("""
                /* not modelled: the TLB, which
                 *   no step
                 *   depends on
                 * not modelled:
                 *   perf
                 *
                 *   Prose.
                 * Not modelled: \tsignals \t
                 */
                // not modelled: threads
                //   of others
                int x;
                """);
        assertEquals(
                List.of(
                        "it.c:1:18 the TLB, which no step depends on",
                        "it.c:4:17 perf",
                        "it.c:8:19 signals",
                        "it.c:10:18 threads"),
                said(comment.notModelled()));
    }

    @Test
    void somethingMustNotBeModelled() {
        SourceException e = assertThrows(SourceException.class, () -> of("/* not modelled:\n * not modelled: */"));
        assertEquals(
                List.of("it.c:1:17", "it.c:2:18"),
                e.complaints().stream()
                        .map(complaint -> complaint.place().toString())
                        .toList());
    }

    /** A line of many words takes neither stack nor time. */
    @Test
    void longLinesAreRead() {
        String blanks = " ".repeat(100_000);
        FileComment comment =
                of("/* not modelled: a" + blanks + "b\n   " + "word ".repeat(100_000) + "\n" + blanks + "x\n*/");
        assertEquals(List.of(), comment.scenario());
        assertEquals(1, comment.notModelled().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "int x;",
                "/",
                "/*",
                "/* expect: holds",
                "//",
                "/**/",
                "/* */ /",
                "#define X /* expect: x */"
            })
    void nothingIsSaid(String text) {
        assertEquals(new FileComment(List.of(), List.of(), List.of()), of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"expct", "expects", "Expected", "scenarios", "scenrio", "exepct", "not modeled", "Not modelledd"
            })
    void aMisspeltWordIsRefused(String word) {
        SourceException e = assertThrows(SourceException.class, () -> of("// " + word + ": holds\n"));
        assertEquals(1, e.complaints().size());
        assertEquals("it.c:1:4", e.complaints().get(0).place().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "except",
                "Note",
                "example",
                "Returns",
                "TODO",
                "http",
                "respect",
                "A scenario",
                "not made",
                "It is not modelled"
            })
    void proseIsNot(String word) {
        assertEquals(new FileComment(List.of(), List.of(), List.of()), of("// " + word + ": this\n"));
    }
}
