// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that change a variable after they have asked about it say nothing of what it is then. */
class ChangedConditionsTest {
    private static String violated(String statements) {
        return Lowered.of(1, """
                #define TWICE(c) ((c) && (c))
                static int inc(int *to) { *to = (*to + 1) & 15; return 1; }
                static int set(int *to, int value) { int old = *to; *to = value; return old; }
                void pokecheck_patcher(void)
                {
                    int b = poke_choose(4), c = 3, d, *p = &b, *q = &c;

                """ + statements + "\n}\n").violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (b == 2 && inc(&b)) BUG_ON(b == 3);",
                "if (b == 2 && inc(p)) BUG_ON(b == 3);",
                "if (b == 2 && (b = 3)) BUG_ON(b == 3);",
                "if (b < 3 && b++ > 0) BUG_ON(b == 3);",
                "if (b != 2 || !inc(p)) ; else BUG_ON(b == 3);",
                "if (!(b == 2 && inc(p))) ; else BUG_ON(b == 3);",
                "if (b == 2 && inc(p) && b != 2) BUG_ON(b == 3);",
                "if (b && set(p, 0)) BUG_ON(!b);",
                "if ((d = b) == 2 && inc(&d)) BUG_ON(d == 3);",
                "if (b++ == 2 || b == 1) BUG_ON(b == 3);",
                "if (b < c && set(q, 0)) BUG_ON(b > c);",
                "if (TWICE(b != 2 && inc(p))) BUG_ON(b == 2);",
                "while (b < 3 && inc(p)) BUG_ON(b == 3);",
                "d = b == 1 && inc(p) ? b : 0; BUG_ON(d == 2);",
                "d = b > 1 && set(p, 0) ? b : 4; BUG_ON(d == 0);",
            })
    void whatTheyHaveAskedIsNotLearned(String statements) {
        assertEquals("bug", violated(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (b == 2 && inc(p)) BUG_ON(b != 3);",
                "if (b == 2 && inc(q)) BUG_ON(b != 2);",
                "if (inc(p) && b == 2) BUG_ON(b != 2);",
                "if (b == 2 && set(p, 1) && b != 2) BUG_ON(b != 1);",
                "if ((d = b) && d < 3) BUG_ON(d < 1 || d > 2);",
                "if (b++ == 2 || b == 1) BUG_ON(b != 1 && b != 3);",
                "if (b < c) b = 9; else BUG_ON(b < c);",
                "for (d = 0; d < b; d++) ; BUG_ON(d != b);",
                "d = 0; while (d < b) d++; BUG_ON(d < b);",
            })
    void whatIsAsUntilThenIs(String statements) {
        assertEquals("", violated(statements));
    }

    /** What a loop goes on for, and ends with, bounds its variable: without that its values have no bound that can be found. */
    @ParameterizedTest
    @ValueSource(strings = {"while (d < b) d++;", "do { d++; } while (d < b);", "for (; d < b && inc(q); d++) ;"})
    void whatIsAskedOfAnUnchangedVariableBoundsIt(String loop) {
        assertEquals("", violated("d = 0; " + loop + " BUG_ON(d > 3 + (b == 0));"));
    }
}
