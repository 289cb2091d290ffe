// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongRowsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 24, 8191, 8192, 8193, 20_000})
    void rowsOfAnyWidth(int width) {
        LongRows rows = new LongRows(width);
        long[] words = new long[width + 2];
        int count = 100_000 / width + 3;
        for (int i = 0; i < count; i++) {
            Arrays.fill(words, i + 1L);
            words[1] = -i;
            assertEquals(i, rows.append(words, 1));
        }
        assertEquals(count, rows.size());
        long[] back = new long[width + 2];
        for (int i = 0; i < count; i++) {
            rows.copy(i, back, 1);
            Arrays.fill(words, i + 1L);
            words[0] = 0;
            words[1] = -i;
            words[width + 1] = 0;
            assertArrayEquals(words, back);
            assertTrue(rows.equal(i, words, 1));
            assertEquals(Hash.of(words, 1, width), rows.hash(i));
            words[width] ^= 1;
            assertFalse(rows.equal(i, words, 1));
        }
    }
}
