// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies, part by part, to what says where they go or come from: all parts go to, and come from, where that was before the first. */
class CopiesOverThemselvesTest {
    private static String violated(String statements) {
        return Lowered.of(1, """
                struct s { int n, k; };
                struct node { struct node *next; int value; };
                static struct s list[2] = { { 1, 10 }, { 0, 20 } };
                static struct node nodes[3] = { { &nodes[1], 1 }, { &nodes[2], 2 }, { 0, 3 } };
                void pokecheck_patcher(void)
                {
                    int m = poke_choose(2);
                    struct s t = { m, 4 }, both[2] = { { m, 4 }, { 0, 5 } }, u = { 1, 9 };
                    struct node n = { &nodes[m], 0 };
                    unsigned char a[4] = { 1, m, 3, 4 };

                """ + statements + "\n}\n").violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = list[t.n]; BUG_ON(m == 0 && t.n == 1 && t.k == 10);",
                "t = list[t.n]; BUG_ON(m == 1 && t.n == 0 && t.k == 20);",
                "memcpy(&t, &list[t.n], sizeof(t)); BUG_ON(t.n == 1 && t.k == 10);",
                "both[both[0].n] = u; BUG_ON(both[0].k == 9 && both[1].k == 5);",
                "memset(&both[both[0].n], 0, sizeof(u)); BUG_ON(both[0].k == 0 && both[1].k == 5);",
                "n = *n.next; BUG_ON(n.value == 1 && n.next == &nodes[1]);",
                "n = *n.next; BUG_ON(n.value == 2 && n.next == &nodes[2]);",
                "memmove(a + 1, a, 3); BUG_ON(a[1] == 1 && a[2] == 0 && a[3] == 3);",
                "memmove(a, a + 1, 3); BUG_ON(a[0] == 1 && a[1] == 3 && a[2] == 4);",
            })
    void theyAreOfWhatWasThereBefore(String statements) {
        assertEquals("bug", violated(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = list[t.n]; BUG_ON(t.n == m || t.k != 20 - 10 * t.n);",
                "memcpy(&t, &list[t.n], sizeof(t)); BUG_ON(t.n == m || t.k != 20 - 10 * t.n);",
                "both[both[0].n] = u; BUG_ON(both[m].k != 9 || both[m].n != 1 || both[1 - m].k == 9);",
                "memset(&both[both[0].n], 0, sizeof(u)); BUG_ON(both[m].k || both[m].n || !both[1 - m].k);",
                "n = *n.next; BUG_ON(n.value != m + 1 || n.next != &nodes[m + 1]);",
                "memmove(a + 1, a, 3); BUG_ON(a[0] != 1 || a[1] != 1 || a[2] != m || a[3] != 3);",
                "memmove(a, a + 1, 3); BUG_ON(a[0] != m || a[1] != 3 || a[2] != 4 || a[3] != 4);",
            })
    void theyAreOfNothingElse(String statements) {
        assertEquals("", violated(statements));
    }
}
