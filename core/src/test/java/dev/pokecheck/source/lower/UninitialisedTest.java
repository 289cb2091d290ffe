// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of calls that are read before they have a value, or parts of them. */
class UninitialisedTest {
    private static Lowered patcher(String statements) {
        return Lowered.of(1, """
                struct desc { int a, b; int list[2]; };
                static struct desc shared;
                static int x;
                static void set(struct desc *d) { d->a = 1; d->b = 2; }
                static struct desc made(void) { struct desc d; d.a = 3; return d; }
                void pokecheck_patcher(void)
                {
                """ + statements + "\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int v; x = v;",
                "struct desc d; x = d.a;",
                "struct desc d; d.a = 1; x = d.b;",
                "struct desc d; d.list[0] = 1; x = d.list[1];",
                "int v[3]; v[0] = 1; v[2] = 1; x = v[1];",
                "struct desc d; set(&d); x = d.list[0];",
                "struct desc d, e; d.a = 1; e = d; x = e.b;",
                "struct desc d = made(); x = d.b;",
                "struct desc d; d.a = 1; shared = d;",
                "int v = v + 1;",
                "for (int i = 0; i < 2; i++) { int v[2]; if (i) x = v[0]; v[0] = 1; }",
            })
    void areRefused(String statements) {
        List<String> refusals = patcher(statements).refusals();
        assertEquals(1, refusals.size(), refusals.toString());
        assertTrue(
                refusals.get(0).contains("is read before it has a value; give it one where it is declared"),
                refusals.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct desc d; set(&d); BUG_ON(d.a != 1 || d.b != 2);",
                "struct desc d = { .a = 1 }; BUG_ON(d.a != 1 || d.list[1] != 0);",
                "struct desc d, e; d.a = 1; e = d; BUG_ON(e.a != 1);",
                "struct desc d = made(); BUG_ON(d.a != 3);",
                "int v[3]; for (int i = 0; i < 3; i++) v[i] = i; BUG_ON(v[poke_choose(3)] > 2);",
                "struct desc d; memset(&d, 0, sizeof(d)); BUG_ON(d.list[1]);",
                "int v[2]; if (poke_choose(2)) v[0] = 1; else v[0] = 2; BUG_ON(v[0] < 1);",
                "int v[2]; int n = poke_choose(2); v[n] = 5; BUG_ON(v[n] != 5);",
            })
    void thatIsAllThatIsRefused(String statements) {
        assertEquals("", patcher(statements).violated());
    }

    /** Which element is read is known in a run only: that it is one without a value is a {@code bug}. */
    @Test
    void anElementThatIsKnownInARunIsABug() {
        String read = "int v[3]; v[0] = 1; v[2] = 1; x = v[%s];";
        assertEquals("bug", patcher(read.formatted("poke_choose(3)")).violated());
        assertEquals("", patcher(read.formatted("2 * poke_choose(2)")).violated());
    }
}
