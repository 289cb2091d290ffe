// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops in which a pointer moves over an array, as far as is known only in a run. */
class PointerLoopsTest {
    private static String violated(String statements) {
        return Lowered.of(1, """
                struct desc { int a, b; };
                static struct desc descs[4];
                static int list[4], many __range(0, 4), sum;
                void pokecheck_patcher(void)
                {
                    struct desc *d;
                    int *p, *end, n;

                    WRITE_ONCE(many, poke_choose(5));
                    n = READ_ONCE(many);
                """ + statements + "\n}\n").violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end = list + n; for (p = list; p < end; p++) *p = 1; BUG_ON(n == 4 && list[3] != 1);",
                "end = list + n; for (p = list; p != end; ++p) *p = 1; BUG_ON(n == 3 && (list[2] != 1 || list[3] != 0));",
                "for (p = list; p < list + READ_ONCE(many); p++) sum |= *p;",
                "p = list; while (n--) *p++ = 1; BUG_ON(READ_ONCE(many) == 1 && (list[0] != 1 || list[1] != 0));",
                "p = list + n; while (p > list) *--p = n; BUG_ON(list[0] != n);",
                "for (p = list + 4; p > list; ) *--p = n; BUG_ON(list[3] != n || list[0] != n);",
                "for (d = descs; d < descs + n; d++) d->b = 1; BUG_ON(n == 4 && descs[3].b != 1);",
                "for (d = &descs[0]; d - descs < n; d += 1) { if (d->a) break; d->a = 1; }",
            })
    void theyStayInTheArray(String statements) {
        assertEquals("", violated(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end = list + n; for (p = list; p <= end; p++) *p = 1;",
                "p = list; do { *p++ = 1; } while (n-- > 0);",
                "p = list; while (n--) { p++; p++; }",
                "p = list + n; do p--; while (*p);",
            })
    void thatTheyLeaveItIsABug(String statements) {
        assertEquals("bug", violated(statements));
    }
}
