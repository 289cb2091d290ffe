// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The map does what a map does. */
class PairMapProperties {
    @Property(tries = 200, seed = "20250730")
    void agreesWithATreeMap(@ForAll @Size(max = 500) List<Long> keys, @ForAll boolean dense) {
        PairMap map = new PairMap();
        Map<List<Long>, Integer> expected = new TreeMap<>((a, b) -> a.get(0).equals(b.get(0))
                ? a.get(1).compareTo(b.get(1))
                : a.get(0).compareTo(b.get(0)));
        int value = 0;
        for (long key : keys) {
            int first = (int) key & (dense ? 7 : Integer.MAX_VALUE);
            long second = dense ? key >>> 3 & 7 : key;
            List<Long> pair = List.of((long) first, second);
            assertEquals(expected.getOrDefault(pair, -1), map.get(first, second));
            map.put(first, second, value);
            expected.put(pair, value++);
        }
        expected.forEach((pair, v) -> assertEquals(v, map.get(pair.get(0).intValue(), pair.get(1))));
    }

    /** The widest numbers that a table of histories gives: they used to share 64 bits. */
    @Example
    void neitherNumberReachesIntoTheOther() {
        PairMap map = new PairMap();
        int[] views = {0, 1, (1 << 16) - 1, 1 << 16, (1 << TableRoom.HISTORY_BITS) - 1};
        long[] contents = {0, 1, (1L << 44) - 1, 1L << 47, (1L << SiteText.MAX_BITS) - 1};
        for (int v = 0; v < views.length; v++) {
            for (int c = 0; c < contents.length; c++) {
                assertEquals(-1, map.get(views[v], contents[c]));
                map.put(views[v], contents[c], 10 * v + c);
            }
        }
        for (int v = 0; v < views.length; v++) {
            for (int c = 0; c < contents.length; c++) {
                assertEquals(10 * v + c, map.get(views[v], contents[c]));
            }
        }
    }

    @Example
    void saysBeforeItGrowsHowMuch() {
        PairMap map = new PairMap();
        for (int i = 0; i < 32; i++) {
            assertEquals(0, map.growth());
            map.put(i, i, i);
        }
        assertEquals(64 * 16, map.growth());
        map.put(32, 32, 32);
        assertEquals(0, map.growth());
    }
}
