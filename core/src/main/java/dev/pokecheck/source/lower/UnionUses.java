// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.type.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which scalars of each type of union the file stores, loads or initialises, over several readings of it: the others take no part in what shares memory with what. */
final class UnionUses {
    private final Ranges ranges;
    private final Map<StructType, SortedSet<Integer>> used = new LinkedHashMap<>();

    UnionUses(Ranges ranges) {
        this.ranges = ranges;
    }

    /** The file uses a scalar of a union, by its number among the parts of the union. */
    void use(StructType union, int part) {
        if (used.computeIfAbsent(union, key -> new TreeSet<>()).add(part)) {
            ranges.readAgain();
        }
    }

    /** Those that it uses. */
    SortedSet<Integer> of(StructType union) {
        return used.getOrDefault(union, new TreeSet<>());
    }
}
