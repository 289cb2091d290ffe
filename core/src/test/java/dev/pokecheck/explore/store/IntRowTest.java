// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that grow, up to the longest there can be. */
class IntRowTest {
    @ParameterizedTest
    @CsvSource({
        "64, 128",
        "536870912, 1073741824",
        "1073741819, 2147483638",
        "1073741824, 2147483639",
        "2147483639, 2147483647"
    })
    void room(int full, int room) {
        assertEquals(room, IntRow.room(full));
    }

    /** What a search reports as a bound. */
    @Test
    void behindTheLongestTheMemoryIsOut() {
        assertThrows(OutOfMemoryError.class, () -> Arrays.copyOf(new byte[1], IntRow.room(Integer.MAX_VALUE - 8)));
    }

    @Test
    void keepsWhatItHeld() {
        IntRow row = new IntRow();
        for (int i = 0; i < 1000; i++) {
            row.add(i);
        }
        assertEquals(1000, row.size());
        assertEquals(999, row.get(999));
        assertEquals(999, row.take());
        assertEquals(999, row.toArray().length);
    }
}
