// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A mistake is said once, however often it is read, and leaves room for others. */
class RepeatedMistakesTest {
    @Test
    void oneMistakeIsSaidOnceWithHowOften() {
        List<String> refusals = Lowered.of(1, """
                static void f(int x) { unknown(x); }
                void pokecheck_patcher(void)
                {
                    for (int i = 0; i < 30; i++)
                        f(i);
                    other();
                }
                """).refusals();
        assertEquals(2, refusals.size(), refusals.toString());
        assertEquals("1:24: ", refusals.get(0).substring(0, 6));
        assertEquals(" (30 times)", refusals.get(0).substring(refusals.get(0).length() - 11));
    }

    @Test
    void twoOfOneKindAreTwo() {
        List<String> refusals = Lowered.of(1, "void pokecheck_patcher(void)\n{\nunknown();\nunknown();\n}\n")
                .refusals();
        assertEquals(2, refusals.size(), refusals.toString());
        assertEquals(-1, String.join("", refusals).indexOf("times)"));
    }
}
