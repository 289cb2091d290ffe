// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    @Test
    void keepsNumbersOfAnySizeInAnyOrder() {
        for (int columns = 1; columns <= 9; columns++) {
            SplittableRandom random = new SplittableRandom(columns);
            PackedRows rows = new PackedRows(columns);
            List<int[]> expected = new ArrayList<>();
            for (int i = 0; i < 40_000; i++) {
                int[] row = new int[columns];
                for (int c = 0; c < columns; c++) {
                    row[c] = random.nextInt()
                            >>> (1 + Math.max(0, 30 - i / 500) * (c % 2) + random.nextInt(30 - 29 * (c % 2)));
                }
                expected.add(row);
                rows.append(row);
            }
            assertHolds(expected, rows, columns);
        }
    }

    private static void assertHolds(List<int[]> expected, PackedRows rows, int columns) {
        assertEquals(expected.size(), rows.size());
        int[] back = new int[columns];
        for (int i = 0; i < expected.size(); i++) {
            rows.copy(i, back);
            assertArrayEquals(expected.get(i), back);
            assertEquals(expected.get(i)[columns - 1], rows.get(i, columns - 1));
            assertTrue(rows.startsWith(i, back, columns));
            back[columns - 1] ^= 1;
            assertFalse(rows.startsWith(i, back, columns));
            assertTrue(rows.startsWith(i, back, columns - 1));
        }
    }

    @Test
    void takesAsManyBitsAsTheNumbersNeed() {
        PackedRows rows = new PackedRows(2);
        for (int i = 0; i < 1 << 16; i++) {
            rows.append(new int[] {i & 15, i & 255});
        }
        double bits = 8.0 * rows.bytes() / rows.size();
        assertTrue(bits >= 12 && bits < 12.1, () -> bits + " bits a row");
    }

    @Test
    void aNumberTooLargeForItsColumnEqualsNone() {
        PackedRows rows = new PackedRows(1);
        rows.append(new int[] {1});
        assertFalse(rows.startsWith(0, new int[] {3}, 1));
        assertFalse(rows.startsWith(0, new int[] {Integer.MAX_VALUE}, 1));
    }
}
