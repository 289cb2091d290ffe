// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The schedules that an input stands for. */
class BurstTest {
    private static final int HEADER = SequenceCase.HEADER;
    private static final byte[] INPUT =
            HexFormat.of().parseHex("0102030405060708090a0b0c0d0e" + "0503" + "0704" + "0185");

    @Test
    void runZeroIsTheInput() {
        assertArrayEquals(INPUT, new Burst(INPUT, HEADER).run(0));
    }

    /** Not of which runs were asked for before. */
    @Test
    void aRunIsAFunctionOfTheInputAndItsNumber() {
        Burst burst = new Burst(INPUT, HEADER);
        byte[] first = burst.run(17);
        burst.run(3);
        assertArrayEquals(first, burst.run(17));
        assertArrayEquals(first, new Burst(INPUT.clone(), HEADER).run(17));
    }

    @Test
    void allRunsHaveTheHeaderOfTheInputAndMostAreDifferent() {
        Burst burst = new Burst(INPUT, HEADER);
        Set<String> runs = new TreeSet<>();
        for (int number = 0; number < 64; number++) {
            byte[] run = burst.run(number);
            assertArrayEquals(Arrays.copyOf(INPUT, HEADER), Arrays.copyOf(run, HEADER));
            runs.add(HexFormat.of().formatHex(run));
        }
        assertTrue(runs.size() > 55, runs.toString());
    }

    /** A header that is too short means what it means with zeros. */
    @Test
    void aShortInputHasRunsAsWell() {
        byte[] run = new Burst(new byte[] {3}, HEADER).run(5);
        assertTrue(run.length >= HEADER);
        assertArrayEquals(Arrays.copyOf(new byte[] {3}, HEADER), Arrays.copyOf(run, HEADER));
    }

    @Test
    void anotherInputHasOtherRuns() {
        byte[] other = INPUT.clone();
        other[HEADER] ^= 1;
        int differ = 0;
        for (int number = 1; number < 64; number++) {
            differ += Arrays.equals(new Burst(INPUT, HEADER).run(number), new Burst(other, HEADER).run(number)) ? 0 : 1;
        }
        assertTrue(differ > 55, "only " + differ + " differ");
    }
}
