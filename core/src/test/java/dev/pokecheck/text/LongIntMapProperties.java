// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The map does what a map does. */
class LongIntMapProperties {
    @Property(tries = 200, seed = "20250730")
    void agreesWithATreeMap(@ForAll @Size(max = 500) List<Long> keys, @ForAll boolean dense) {
        LongIntMap map = new LongIntMap();
        Map<Long, Integer> expected = new TreeMap<>();
        int value = 0;
        for (long key : keys) {
            long k = dense ? key & 63 : key;
            assertEquals(expected.getOrDefault(k, -1), map.get(k));
            map.put(k, value);
            expected.put(k, value++);
        }
        expected.forEach((k, v) -> assertEquals(v, map.get(k)));
    }
}
