// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.property.Incident;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index beyond its array that is known when the file is read: a fault of the file, or of the run where what is known is what a thread has stored. */
class MissingElementTest {
    private static Lowered file(String body) {
        return Lowered.of(
                1,
                "static int n, one[1], two[2];\nstatic struct { int a, b; } few[1], *p;\n"
                        + "static atomic_t refs[2];\nvoid pokecheck_patcher(void)\n{\n" + body + "\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one[n] = 3;",
                "two[n + 1] = 3;",
                "smp_store_release(&two[n + 1], 3);",
                "BUG_ON(one[n] == 7);",
                "p = &few[n]; p->b = 3;",
                "atomic_inc(&refs[n + 1]);",
                "BUG_ON(atomic_cmpxchg(&refs[n + 1], 0, 1) == 7);",
            })
    void isAFaultOfTheRunWhereAThreadFollowsItsStores(String access) {
        Lowered file = file("poke_follow_stores();\nn = 1;\n" + access);
        assertEquals("bug", file.violated());
        assertEquals(
                Incident.INDEX.text(), file.verdict().violation().orElseThrow().what());
    }

    /** That the run does not come there is no fault. */
    @Test
    void isNoneWhereTheRunDoesNotCome() {
        assertEquals(
                "",
                file("poke_follow_stores();\nn = 1;\nif (n != 1)\none[n] = 3;").violated());
    }

    @Test
    void isAFaultOfTheFileElsewhere() {
        assertEquals(
                List.of("6:8: element 2 of two, which has 2"),
                file("two[2] = 3;").refusals());
    }
}
