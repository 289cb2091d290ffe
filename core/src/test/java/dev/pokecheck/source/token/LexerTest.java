// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokens a text has, and where they are. */
class LexerTest {
    private static List<Token> tokens(String text) {
        return Lexer.tokens(new SourceText("f.c", text));
    }

    private static String spelled(String text) {
        return tokens(text).stream()
                .filter(token -> !token.isEnd())
                .map(token -> token.kind().name().charAt(0) + ":" + token.text())
                .collect(Collectors.joining(" "));
    }

    private static String refusal(String text) {
        return assertThrows(SourceException.class, () -> tokens(text)).getMessage();
    }

    @Test
    void tokensAreAsLongAsTheyCanBe() {
        assertEquals("I:a P:++ P:+ I:b", spelled("a+++b"));
        assertEquals("P:<<= P:... P:. P:-> P:## P:#", spelled("<<=....->###"));
        assertEquals("N:0x1fUL N:1e+5 N:0xe P:+ N:1 N:.5", spelled("0x1fUL 1e+5 0xe+1 .5"));
        assertEquals("S:\"a\\\"b\" C:'\\'' C:'x'", spelled("\"a\\\"b\" '\\'' 'x'"));
    }

    @Test
    void commentsAreSpaces() {
        assertEquals("I:a I:b I:c", spelled("a/* no */b // c \\\n d\nc"));
        assertEquals("S:\"/* no comment */\"", spelled("\"/* no comment */\""));
        assertTrue(tokens("a/**/b").get(1).isSpaced());
    }

    @Test
    void aBackslashAtTheEndJoinsLines() {
        List<Token> tokens = tokens("ab\\\ncd\\\r\n  ef\ng");
        assertEquals("abcd", tokens.get(0).text());
        assertEquals("f.c:1:1", tokens.get(0).spelled().toString());
        assertEquals("f.c:3:3", tokens.get(1).spelled().toString());
        assertEquals(
                List.of(true, false, true, true),
                tokens.stream().map(Token::isFirst).toList());
        assertEquals(
                "f.c:3:1",
                tokens("a\\\n\\\nb c").get(0).text().equals("ab")
                        ? tokens("+\\\n\\\nb c").get(1).spelled().toString()
                        : "");
    }

    @Test
    void columnsCountCharacters() {
        assertEquals("f.c:1:9", tokens("/* ä𝄞 */x").get(0).spelled().toString());
        assertEquals("f.c:2:2", tokens("\ufeff\r\n\tx").get(0).spelled().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int x; /* open | f.c:1:8: this comment has no end; write */ where it ends",
                "a = 'b         | f.c:1:5: the closing ' is missing",
                "\"a            | f.c:1:1: the closing \" is missing",
                "int ä;         | f.c:1:5: a character that means nothing in C; only comments and strings may have it",
                "L\"wide\"      | f.c:1:1: wide characters and strings mean nothing here; write it without 'L'",
            })
    void whatIsNoTokenIsRefused(String text, String message) {
        assertEquals(message, refusal(text).lines().findFirst().orElseThrow());
    }

    @Test
    void aLongLineIsCut() {
        String line = "x ".repeat(100_000);
        List<String> shown = refusal(line + "ä").lines().toList();
        assertEquals(3, shown.size());
        assertTrue(shown.get(1).length() < 200, shown.get(1));
        assertEquals(shown.get(1).indexOf('ä'), shown.get(2).indexOf('^'));
    }

    @Test
    void aTerminalObeysNothingOfIt() {
        assertTrue(refusal("/*\u001b[31m*/ \u0001").chars().noneMatch(c -> c == 0x1b || c == 1));
    }

    @Test
    void aFileHasABoundedLength() {
        assertTrue(refusal(" ".repeat(Lexer.MOST_CHARACTERS + 1)).startsWith("f.c:1:1: a file of more than"));
    }
}
