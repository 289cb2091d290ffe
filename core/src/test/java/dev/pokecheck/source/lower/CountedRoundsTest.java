// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A variable that each round of a loop only counts has a bound when the loop has one. */
class CountedRoundsTest {
    /** Two CPUs; the loop goes round as often as CPU 0 is told in a run: 0 to 2 times. */
    private static Lowered counting(String loop) {
        return Lowered.of(
                1,
                "static int n __range(0, 2);\nstatic int result;\n"
                        + "void pokecheck_patcher(void)\n{\n\tint i, count;\n\tWRITE_ONCE(n, poke_choose(3));\n" + loop
                        + "\tWRITE_ONCE(result, count);\n\tBUG_ON(count > 2);\n}\n");
    }

    @Test
    void aCountIsAtMostTheNumberOfRounds() {
        assertEquals(
                "",
                counting("for (count = 0, i = 0; i < READ_ONCE(n); i++)\n\t\tcount++;\n")
                        .violated());
    }

    @Test
    void twoStepsARoundCountTwice() {
        assertEquals(
                "bug",
                counting(
                                "for (count = 0, i = 0; i < READ_ONCE(n); i++) {\n\t\tcount++;\n\t\tif (i)\n\t\t\tcount++;\n\t}\n")
                        .violated());
    }

    @Test
    void whatContinuesIsCountedAtMostOnce() {
        assertEquals(
                "",
                counting(
                                "for (count = 0, i = 0; i < READ_ONCE(n); i++) {\n\t\tif (i == 1)\n\t\t\tcontinue;\n\t\tcount++;\n\t}\n")
                        .violated());
    }

    /** The body moves the counter back, so that no number of rounds is known. */
    @Test
    void aLoopThatStepsItsCounterElsewhereHasNoBound() {
        List<String> refusals = counting(
                        "for (count = 0, i = 0; i < READ_ONCE(n); i++) {\n\t\tif (READ_ONCE(result))\n\t\t\ti = 0;\n\t\tcount++;\n\t}\n")
                .refusals();
        assertTrue(refusals.get(0).contains("have no bound that can be found"), refusals.toString());
    }
}
