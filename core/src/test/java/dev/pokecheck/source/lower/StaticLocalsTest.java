// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A static variable of a block is one of its own, although another block of the function has one of its name; the calls of a function share it. */
class StaticLocalsTest {
    private static final String FILE = """
            #define STEP(n) do { static int s; s += n; BUG_ON(s != n); } while (0)
            static int count(void) { static int n = 4; return ++n; }
            void pokecheck_patcher(void)
            {
                int i = poke_choose(2);
                %s
            }
            """;

    private static String violated(String statements) {
        return Lowered.of(1, FILE.formatted(statements)).violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ static int n = 1; n = 1; } { static int n = 2; BUG_ON(n != 2); }",
                "static int e = 1; { static int e = 2; e++; BUG_ON(e != 3); } BUG_ON(e != 1);",
                "{ static const int e[2] = { 3, 4 }; BUG_ON(e[i] != 3 + i); } { static const int e[2] = { 1, 2 }; BUG_ON(e[i] != 1 + i); }",
                "{ static int e = 3; BUG_ON(e != 3); } { static struct { int a, b[2]; } e = { .b = { 1, 2 } }; BUG_ON(e.b[i] != i + 1); }",
                "STEP(1); STEP(2);",
                "{ static int n = 1; n++; } BUG_ON(count() != 5); BUG_ON(count() != 6);"
            })
    void eachBlockHasItsOwn(String statements) {
        assertEquals("", violated(statements), statements);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ static int n = 1; n = 1; } { static int n = 2; BUG_ON(n == 2); }",
                "static int e = 1; { static int e = 2; e++; BUG_ON(e == 3); }",
                "{ static const int e[2] = { 3, 4 }; BUG_ON(e[i] != 3 + i); } { static const int e[2] = { 1, 2 }; BUG_ON(e[i] == 2); }",
                "STEP(1); i = 1; { static int s; BUG_ON(s == 0); }",
                "count(); BUG_ON(count() == 6);"
            })
    void andIsNotMistakenForTheOther(String statements) {
        assertEquals("bug", violated(statements), statements);
    }
}
