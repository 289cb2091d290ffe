// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.source.token.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the comments at the beginning of a file say. */
class CommentItemsTest {
    private static final List<String> KEYS = List.of("scenario", "expect", "not modelled");

    private static List<String> items(String text) {
        return CommentItems.of(new SourceText("f.c", text), KEYS).stream()
                .map(item -> item.place().line() + ":" + item.place().column() + " " + item.key() + "=" + item.value())
                .toList();
    }

    @Test
    void itemsGoOnWhereLinesAreIndented() {
        assertEquals(
                List.of(
                        "1:4 scenario=cpus=2 site0=nop5->jmp32",
                        "3:4 expect=-D A holds atomic",
                        "6:4 Prose=that begins with a capital.",
                        "7:4 Not modelled=perf"),
                items("""
                        /* scenario: cpus=2
                         *   site0=nop5->jmp32
                         * expect:
                         *           -D A
                         *     holds atomic
                         * Prose: that begins with a capital.
                         * Not modelled: perf
                         */
                        int x;
                        """));
    }

    @Test
    void anItemEndsWhereOneBeginsThatIsKnown() {
        assertEquals(
                List.of("1:4 expect=holds", "2:6 expect=-D A holds", "3:3 not modelled=the TLB: no step of it"),
                items("/* expect: holds\n *   expect: -D A holds\n  not modelled:\n     the TLB: no step of it\n*/"));
    }

    @Test
    void anItemOfAnotherKeyHasOneLine() {
        assertEquals(
                List.of("1:4 note=of no interest", "2:6 expect=holds", "4:4 expct=atomic"),
                items("/* note: of no interest\n *   expect: holds\n * Prose.\n * expct: atomic\n *   More of it. */"));
    }

    @Test
    void starsAreNotNeeded() {
        assertEquals(List.of("2:3 expect=holds"), items("/*\n  expect: holds\n  Prose.\n    More of it.\n*/"));
    }

    @Test
    void aKeyMayStandAlone() {
        assertEquals(
                List.of("1:3 expect=", "2:2 scenario=x"), items("/*expect:\n*scenario:x*/ int x; /* expect: holds */"));
    }

    @Test
    void thereMayBeSeveralComments() {
        assertEquals(
                List.of("2:4 scenario=x", "2:22 expect=holds", "3:4 expect=-D A holds"),
                items(
                        "/* Copyright. */\n/* scenario: x */ /* expect: holds */\n// expect: -D A holds\n//    Prose.\nint x;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int x; /* expect: holds */",
                "/* expect: holds",
                "/**/",
                "/* http://x.org/ */",
                "/* It is not what the author expects: it holds */",
                "/**/ int x; /* expect: holds */"
            })
    void whatIsNoSuchCommentHasNone(String text) {
        assertEquals(List.of(), items(text));
    }
}
