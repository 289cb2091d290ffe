// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop that changes variables of calls only through pointers that were made before it. */
class StoresThroughPointersTest {
    private static final String FUNCTIONS = """
            struct t { int n; int list[3]; struct { int k; } in; int *to; };
            static int shared;
            static void count(int *to) { *to = (*to + 1) & 15; }
            static void back(int *to) { *to = (*to - 1) & 15; }
            static void (*both[2])(int *) = { count, back };
            static void countTo(int *to, int m) { while (m < 3) { m++; count(to); } }
            static void within(struct t *from) { count(from->to); }
            static void turn(int **from, int *to) { *from = to; }
            """;

    private static String violated(String statements) {
        return Lowered.of(1, FUNCTIONS + """
                void pokecheck_patcher(void)
                {
                    int m = poke_choose(2), i, k, b = 2, c = 3, a[3] = { 1, 2, 3 };
                    int *p = &b, *q = &c, *ap = a, **pp = &p;
                    struct t t = { 1, { 2, 3, 4 }, { 5 }, &b }, u = { 9 }, *tp = &t;
                    int *kp = &t.in.k;

                """ + statements + "\n}\n").violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (m < 3) { m++; *p = (*p + 1) & 15; } BUG_ON(b != 2);",
                "do { m++; *p = (*p + 1) & 15; } while (m < 3); BUG_ON(b == 5);",
                "for (i = m; i < 2 + m; i++) *p = (*p + 1) & 15; BUG_ON(b == 4);",
                "for (k = 1 + m, i = 0; i < k; i++) *p = (*p + 1) & 15; BUG_ON(b == 4);",
                "again: *p = (*p + 1) & 15; if (m++ < 2) goto again; BUG_ON(b == 4);",
                "for (;;) { *p = (*p + 3) & 15; if (m++ > 1) break; *p ^= 1; } BUG_ON(b == 9);",
                "while (m < 4) { m++; if (m == 4) { *p = 6; continue; } *p = 3; } BUG_ON(b == 6);",
                "while (m < 3) { m++; k = poke_choose(2); do { count(p); } while (k++ < 1); } BUG_ON(b == 8);",
                "countTo(&b, m); BUG_ON(b != 2);",
                "while (m < 3) { m++; count(p); } BUG_ON(b != 2);",
                "while (m < 3) { m++; within(&t); } BUG_ON(b != 2);",
                "while (m < 3) { m++; within(tp); } BUG_ON(b != 2);",
                "while (m < 3) { both[m & 1](p); m++; } BUG_ON(b == 3);",
                "while (m < 3) { m++; *a = 5; } BUG_ON(a[0] == 5);",
                "while (m < 3) { m++; *(a + 1) = 5; } BUG_ON(a[1] == 5);",
                "while (m < 3) { m++; ap[1] = 5; } BUG_ON(a[1] == 5);",
                "while (m < 3) { m++; tp->n = 3; } BUG_ON(t.n == 3);",
                "while (m < 3) { m++; *kp = 3; } BUG_ON(t.in.k == 3);",
                "while (m < 3) { m++; container_of(kp, struct t, in.k)->n = 4; } BUG_ON(t.n == 4);",
                "while (m < 3) { m++; *tp = u; } BUG_ON(t.n == 9);",
                "while (m < 3) { m++; memcpy(p, &c, sizeof(c)); } BUG_ON(b == 3);",
                "while (m < 3) { m++; memset(tp->list, 0, sizeof(tp->list)); } BUG_ON(t.list[1] == 0);",
                "while (m < 3) { m++; WRITE_ONCE(*p, 6); } BUG_ON(b == 6);",
                "while (m < 3) { m++; xchg(p, 6); } BUG_ON(b == 6);",
                "WRITE_ONCE(shared, 4); while (m < 3) { m++; try_cmpxchg(&shared, p, 6); } BUG_ON(b == 4);",
                "while (m < 3) { m++; **pp = 7; *pp = q; } BUG_ON(c == 7);",
                "while (m < 3) { m++; *p = 8; turn(pp, q); } BUG_ON(c == 8);",
                "{ int *copied = p; while (m < 3) { m++; *copied = 4; } } BUG_ON(*p == 4);",
                "{ int *made = &(int) { 2 }; while (m < 3) { m++; *made = 5; } BUG_ON(*made == 5); }",
            })
    void itsRoundsFindWhatTheOnesBeforeHaveStored(String statements) {
        assertEquals("bug", violated(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (m < 3) { m++; *p = (*p + 1) & 15; } BUG_ON(b != 4 && b != 5);",
                "do { m++; *p = (*p + 1) & 15; } while (m < 3); BUG_ON(b != 4 && b != 5);",
                "for (k = 1 + m, i = 0; i < k; i++) *p = (*p + 1) & 15; BUG_ON(b != 3 + m);",
                "again: *p = (*p + 1) & 15; if (m++ < 2) goto again; BUG_ON(b != 4 && b != 5);",
                "for (;;) { *p = (*p + 3) & 15; if (m++ > 1) break; *p ^= 1; } BUG_ON(b != 9 && b != 7);",
                "countTo(&b, m); BUG_ON(b != 5 - m);",
                "while (m < 3) { m++; within(tp); } BUG_ON(b != 4 && b != 5);",
                "while (m < 3) { m++; ap[1] = 5; } BUG_ON(a[0] != 1 || a[1] != 5 || a[2] != 3);",
                "while (m < 3) { m++; *tp = u; } BUG_ON(t.n != 9 || t.in.k != 0);",
                "while (m < 3) { m++; container_of(kp, struct t, in.k)->n = 4; } BUG_ON(t.n != 4 || *kp != 5);",
                "while (m < 3) { m++; **pp = 7; *pp = q; } BUG_ON(b != 7 || c != 7 || p != q);",
                "while (m < 3) { m++; *p = c; } BUG_ON(c != 3 || b != 3);",
            })
    void theyFindNothingElse(String statements) {
        assertEquals("", violated(statements));
    }

    /** The number of rounds is none that the first value of the counter says, nor is a count one that grows only by its steps. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "p = &i; for (i = 0; i < 3; i++) { *p = 5; count(q); } BUG_ON(i == 6 && c == 4);",
                "p = &i; for (k = 2 + m, c = 0, i = 0; i < k; i++) { if (c++ < 4) *p = 0; c &= 7; } BUG_ON(c > 3);",
                "p = &c; for (k = 1 + m, c = 0, i = 0; i < k; i++) { c++; *p = 9; } BUG_ON(c > 2);",
            })
    void aCounterMayChangeThroughAPointer(String statements) {
        assertEquals("bug", violated(statements));
    }

    @Test
    void aCounterThatAPointerOfACallBeforeLedToIsBounded() {
        assertEquals(
                "", violated("c = 0; q = p; count(&c); c = 0; for (k = 1 + m, i = 0; i < k; i++) c++; BUG_ON(c > 2);"));
    }

    /** A pointer that a loop only reads through makes no variable of what it leads to, and so no step of the protocol. */
    @Test
    void aLoopThatStoresNothingThroughItsPointersChangesNothing() {
        List<String> listing = Lowered.of(1, """
                static int seen;
                void pokecheck_patcher(void)
                {
                    int m = poke_choose(2), b = 2, *p = &b;

                    while (m < 3) {
                        m++;
                        WRITE_ONCE(seen, *p);
                    }
                }
                """).listing();
        assertEquals(
                List.of("WRITE_ONCE(seen, 2);"),
                listing.stream().filter(line -> line.contains("seen,")).toList());
    }
}
