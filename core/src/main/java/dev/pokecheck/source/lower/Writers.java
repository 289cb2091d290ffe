// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which routine stores to each shared variable, over several readings of a file. */
final class Writers {
    private final Ranges ranges;
    private final Map<String, Writer> first = new TreeMap<>();
    /** Variables that several routines store to. */
    private final Set<String> several = new TreeSet<>();

    /** A routine, and a place of the variable that it stores to. */
    private record Writer(String routine, CPlace place) {}

    Writers(Ranges ranges) {
        this.ranges = ranges;
    }

    /** A routine stores to a place. */
    void add(String routine, CPlace place) {
        Writer writer = first.get(place.leaf());
        if (writer == null) {
            first.put(place.leaf(), new Writer(routine, place));
            ranges.readAgain();
        } else if (!writer.routine().equals(routine) && several.add(place.leaf())) {
            ranges.readAgain();
        }
    }

    /** Whether a routine is known to store to a place, and no other. */
    boolean isOnly(String routine, CPlace place) {
        Writer writer = first.get(place.leaf());
        return writer != null && writer.routine().equals(routine) && !several.contains(place.leaf());
    }

    /** The variables that only one routine stores to, each by a place of it. */
    List<CPlace> onlyOf(String routine) {
        return first.values().stream()
                .filter(writer -> isOnly(routine, writer.place()))
                .map(Writer::place)
                .toList();
    }
}
