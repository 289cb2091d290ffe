// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * One idea: write first what nobody executes. XRay's sled jumps over nine bytes; they become an operand and a call, and then one two-byte store
 * turns the jump into the instruction that they belong to. The other way round a CPU meets it half written, whatever the hardware:
 * "VIOLATED: torn after 3 steps (bytes of no version were executed)" and "HOLDS at level atomic (...); all 29 states visited".
 */
class Sample2OrderTest {
    private static final String SLED = "eb09660f1f840000020000->41ba01000000e800112233";

    private static String verdict(int first, int second) {
        var scenario = ScenarioText.parse("cpus=2 fetch=coherent split=word site0=" + SLED);
        var machine = Machine.of(
                scenario,
                "sled",
                b -> b.patcher(r -> {
                    Site sled = b.sites().get(0);
                    r.patchBegin("begin", sled, 1);
                    for (int offset : new int[] {first, second}) { // A Java loop unrolls: it is recorded twice.
                        int end = offset == 0 ? 2 : sled.length();
                        r.textPoke("store" + offset, sled, offset, Arrays.copyOfRange(sled.bytes(1), offset, end));
                    }
                    r.patchEnd("end", sled, 1);
                }));
        return Check.search(machine, CheckOptions.defaults()).sentence();
    }

    @Test
    void theTailGoesFirst() {
        assertEquals("VIOLATED: torn after 3 steps", verdict(0, 2).replaceAll(" \\(.*", ""));
        assertEquals("HOLDS at level atomic", verdict(2, 0).replaceAll(" \\(.*", ""));
    }
}
