// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomNumbersTest {
    @Test
    void everyNumberBelowTheBoundIsAboutAsLikely() {
        RandomNumbers random = new RandomNumbers();
        random.seed(1, 2);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.below(7)]++;
        }
        for (int count : counts) {
            assertTrue(count > 9600 && count < 10_400, () -> count + " of 70000");
        }
    }

    @Test
    void seedAndRunMakeTheSequence() {
        assertEquals(first(1, 2), first(1, 2));
        assertNotEquals(first(1, 2), first(2, 1));
        assertNotEquals(first(1, 2), first(1, 3));
        assertNotEquals(first(0, 0), first(1, 1));
    }

    private static long first(long seed, long run) {
        RandomNumbers random = new RandomNumbers();
        random.seed(seed, run);
        return random.next();
    }
}
