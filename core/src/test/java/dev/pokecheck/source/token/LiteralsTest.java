// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of numbers and characters. */
class LiteralsTest {
    private static Token token(String text) {
        return Lexer.tokens(new SourceText("f.c", text)).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, 0",
                "017, 15",
                "0x1F, 31",
                "0b101, 5",
                "42ul, 42",
                "42LLU, 42",
                "0xffffffffffffffff, -1",
                "'a', 97",
                "'\\n', 10",
                "'\\xcc', -52",
                "'\\0', 0",
                "'\\\\', 92"
            })
    void theyAreThoseOfC(String text, long value) {
        assertEquals(value, Literals.value(token(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "1e3",
                "08",
                "0x",
                "12ab",
                "99999999999999999999",
                "1lul",
                "'ab'",
                "''",
                "'\\q'",
                "'\\x'",
                "1_0"
            })
    void othersAreRefused(String text) {
        assertThrows(SourceException.class, () -> Literals.value(token(text)));
    }
}
