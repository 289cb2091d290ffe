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
    private static List<String> items(String text) {
        return CommentItems.of(new SourceText("f.c", text)).stream()
                .map(item -> item.place().line() + ":" + item.place().column() + " " + item.key() + "=" + item.value())
                .toList();
    }

    @Test
    void itemsGoOnWhereLinesAreIndented() {
        assertEquals(
                List.of(
                        "1:4 scenario=cpus=2 site0=nop5->jmp32",
                        "3:4 expect=-D A holds atomic",
                        "7:4 not modelled=perf"),
                items("""
                        /* scenario: cpus=2
                         *   site0=nop5->jmp32
                         * expect:
                         *           -D A
                         *     holds atomic
                         * Prose: that begins with a capital.
                         * not modelled: perf
                         */
                        int x;
                        """));
    }

    @Test
    void starsAreNotNeeded() {
        assertEquals(List.of("2:3 expect=holds"), items("/*\n  expect: holds\n  Prose.\n    More of it.\n*/"));
    }

    @Test
    void aKeyMayStandAlone() {
        assertEquals(
                List.of("1:3 expect=", "2:2 scenario=x"),
                items("/*expect:\n*scenario: x*/ int x; /* expect: holds */"));
    }

    @Test
    void thereMayBeSeveralComments() {
        assertEquals(
                List.of("2:4 scenario=x", "2:22 expect=holds"),
                items("/* Copyright. */\n/* scenario: x */ /* expect: holds */ int x;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int x; /* expect: holds */",
                "// expect: holds\n",
                "/* expect: holds",
                "/**/",
                "/* Expect: holds */",
                "/**/ int x; /* expect: holds */"
            })
    void whatIsNoSuchCommentHasNone(String text) {
        assertEquals(List.of(), items(text));
    }
}
