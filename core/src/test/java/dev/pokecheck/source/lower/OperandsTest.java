// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operands and arguments that are read before others which change their variables. */
class OperandsTest {
    private static String violated(String statements) {
        return Lowered.of(1, """
                static int x;
                static int set(int *to, int value) { int old = *to; *to = value; return old; }
                static int two(int one, int other) { return one * 16 + other; }
                void pokecheck_patcher(void)
                {
                    int b = poke_choose(2), k = poke_choose(2), m = poke_choose(2), r, *p = &b;
                    int l[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

                """ + statements + "\n}\n").violated();
    }

    /** Whatever the order is that C leaves open: from left to right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "r = b + set(&b, 7 + k); BUG_ON(r == 2);",
                "r = two(b, set(p, 7 + k)); BUG_ON(r == 17);",
                "*p += set(p, 7 + k); BUG_ON(b == 2);",
                "r = l[b] + set(p, 6 + k); BUG_ON(r == 3);",
                "do { if (b == 2) { WRITE_ONCE(x, b++); BUG_ON(READ_ONCE(x) == 2); } else b = (b + 1) & 3; } while (m++ < 2);",
            })
    void theyHaveTheValueOfTheirMoment(String statements) {
        assertEquals("bug", violated(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r = b + set(&b, 7 + k); BUG_ON(r != 0 && r != 2);",
                "r = two(b, set(p, 7 + k)); BUG_ON(r != 0 && r != 17);",
                "*p += set(p, 7 + k); BUG_ON(b != 0 && b != 2);",
                "r = l[b] + set(p, 6 + k); BUG_ON(r != 1 && r != 3);",
                "do { if (b == 2) { WRITE_ONCE(x, b++); BUG_ON(READ_ONCE(x) != 2); } else b = (b + 1) & 3; } while (m++ < 2);",
                "do { if (b == 2) { r = b++ + m; BUG_ON(r != m + 2); } else b = (b + 1) & 3; } while (m++ < 2);",
            })
    void theyHaveNoOther(String statements) {
        assertEquals("", violated(statements));
    }
}
