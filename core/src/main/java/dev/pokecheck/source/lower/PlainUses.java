// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which cells each routine loads and stores plainly, over several readings of a file; and whether compilers may change such accesses. */
final class PlainUses {
    /** Whether accesses are those that a compiler may make of the file, and not those that are written there. */
    final boolean areChanged;

    private final Ranges ranges;
    private final Map<String, Map<String, CPlace>> loads = new TreeMap<>();
    private final Map<String, Map<String, CPlace>> stores = new TreeMap<>();

    PlainUses(Ranges ranges, boolean areChanged) {
        this.ranges = ranges;
        this.areChanged = areChanged;
    }

    void load(String routine, String cell, CPlace place) {
        use(loads, routine, cell, place);
    }

    void store(String routine, String cell, CPlace place) {
        use(stores, routine, cell, place);
    }

    private void use(Map<String, Map<String, CPlace>> uses, String routine, String cell, CPlace place) {
        Map<String, CPlace> cells = uses.computeIfAbsent(routine, key -> new TreeMap<>());
        if (cells.putIfAbsent(cell, place) == null) {
            ranges.readAgain();
        }
    }

    /** The cells that a routine loads. */
    Collection<Map.Entry<String, CPlace>> loads(String routine) {
        return List.copyOf(loads.getOrDefault(routine, new TreeMap<>()).entrySet());
    }

    /** The cells that a routine stores to. */
    Collection<Map.Entry<String, CPlace>> stores(String routine) {
        return List.copyOf(stores.getOrDefault(routine, new TreeMap<>()).entrySet());
    }
}
