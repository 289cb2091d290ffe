// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of an assignment is that of what was assigned to (C17, 6.5.16, 6.5.2.4 and 6.5.3.1). */
class AssignmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "w = ++v; BUG_ON(w != v || w != old + 1);",
                "w = v++; BUG_ON(w != old || v != old + 1);",
                "w = (v += 2); BUG_ON(w != v);",
                "w = (v = v + 1) + 1; BUG_ON(w != v + 1);",
                "w = v = v + 1; BUG_ON(w != v);",
                "a[++v] = 1; BUG_ON(a[v] != 1);",
                "a[v++] = 1; BUG_ON(a[old] != 1 || a[v] != 0);",
                "l[1] = v; w = ++l[1]; BUG_ON(w != l[1]);",
                "l[v] = v; w = (l[v] += 1); BUG_ON(w != l[v] || w != v + 1);",
                "b = 300; w = b; BUG_ON(w != 44); w = (b = 300); BUG_ON(w != 44);",
                "w = (g = 300); BUG_ON(w != 44);",
                "bool t; BUG_ON((t = v << 1) == 2); BUG_ON((t |= v << 1) > 1); w = t = v << 1; BUG_ON(w != v);",
                "w = v; if (v == 1) { old = v; v = v + w; BUG_ON(old != 1 || v != 2); }",
                "p = a + v; *p++ = 1; BUG_ON(a[old] != 1 || p - a != old + 1);",
                "p = a + v; *++p = 1; BUG_ON(a[old + 1] != 1 || p - a != old + 1);",
                "p = a + v; q = p += 1; BUG_ON(q != p || q - a != old + 1);",
            })
    void isThatOfThePlace(String statements) {
        Lowered file = Lowered.of(1, """
                static int a[4];
                static u8 g;
                void pokecheck_patcher(void)
                {
                    int v = poke_choose(2), w, l[2] = { 0 }, *p, *q;
                    int old = v;
                    u8 b;
                """ + statements + "\n}\n");
        assertEquals("", file.violated());
    }
}
