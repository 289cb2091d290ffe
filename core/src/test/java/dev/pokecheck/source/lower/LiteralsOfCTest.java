// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constants that are more than a number: escape sequences, elements of strings, compound literals without a length; and how wide a choice may be. */
class LiteralsOfCTest {
    private static Lowered file(String statements) {
        return Lowered.of(
                1,
                "static int out, zero;\nstatic int many __range(0, 3);\nvoid pokecheck_patcher(void)\n{\nint c = poke_choose(2);\n"
                        + statements + "\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUG_ON(\"\\xff\"[0] != -1 || \"ab\"[1] != 'b' || \"ab\"[2] != 0);",
                "BUG_ON('\\101' != 'A' || '\\0' != 0 || '\\12' != '\\n' || '\\377' != -1);",
                "BUG_ON(\"\\1777\"[0] != 127 || \"\\1777\"[1] != '7' || sizeof(\"\\0001\") != 3);",
                "out = \"\\001\\002\"[c]; BUG_ON(out != c + 1);",
                "out = (int[]){1, 2}[c]; BUG_ON(out != c + 1);",
                "BUG_ON(sizeof((int[]){1, 2, 3}) != 12 || sizeof((u8[]){[4] = 1}) != 5);",
            })
    void isWhatCMakesOfIt(String statements) {
        assertEquals("", file(statements).violated(), statements);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "out = \"ab\"[many]; | an index from 0 to 3 of a string of 3 bytes; ask before whether it is one of its elements",
                "out = \"é\"[0]; | an element of a string with characters outside of ASCII; write these bytes as \\x and two digits",
                "out = \"a\" \"é\"[0]; | an element of a string with characters outside of ASCII; write these bytes as \\x and two digits",
                "out = '\\777'; | the escape sequence \\777 is no byte",
                "out = '\\8'; | there is no escape sequence \\8",
                "out = poke_choose(2147483647); | a choice among 2147483647 ways, each of which is tried; at most 4096 are possible; choose among those that make a difference",
                "out = poke_choose(many); | a choice among a number of ways that is not known, or less than two; write how many there are, 2 or more",
            })
    void isRefused(String statements, String message) {
        String refusal = file(statements).refusals().get(0);
        assertTrue(refusal.endsWith(": " + message), refusal);
    }

    @Test
    void theBytesOfALiteralAreWrittenToASite() {
        assertEquals("", Lowered.of(1, """
                        void pokecheck_patcher(void)
                        {
                            poke_each_site(s) {
                                poke_begin(s);
                                text_poke((void *)POKE_ADDR(s), (u8[]){ 0x90 }, 1);
                                text_poke_sync();
                                poke_end(s);
                            }
                        }
                        """).violated());
    }
}
