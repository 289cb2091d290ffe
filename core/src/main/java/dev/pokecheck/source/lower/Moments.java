// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When variables of calls were stored to last, and when operators came from their left side to the right one, counted in such stores. What a condition says of a variable is
 * true where it leads only if nothing was stored to that since the condition has read it.
 */
final class Moments {
    private final Map<String, Integer> stored = new TreeMap<>();
    /** Of the statements that are being read, in the order of reading. */
    private final List<Between> between = new ArrayList<>();

    private int now;

    /** An operator has its left side. */
    private record Between(CExpr.Binary operator, int moment) {}

    /** Another reading begins. */
    void begin() {
        stored.clear();
        between.clear();
        now = 0;
    }

    int now() {
        return now;
    }

    /** A variable of a call, or a part of one, has got a value. */
    void stored(String slot) {
        stored.put(slot, ++now);
    }

    /** Whether nothing has been stored there since. */
    boolean isUnchanged(String slot, int since) {
        return stored.getOrDefault(slot, 0) <= since;
    }

    /** An operator has read its left side, and comes to the right one. */
    void between(CExpr.Binary operator) {
        between.add(new Between(operator, now));
    }

    /** When an operator was there last; a given moment if it was not, or later. */
    // Operators that look the same are not the same.
    @SuppressWarnings("ReferenceEquality")
    int between(CExpr.Binary operator, int latest) {
        for (int i = between.size() - 1; i >= 0; i--) {
            // The same text may be read twice, of an argument of a macro, say.
            if (between.get(i).operator() == operator) {
                return Math.min(latest, between.get(i).moment());
            }
        }
        return latest;
    }

    /** How many operators are kept; for {@link #forget}. */
    int kept() {
        return between.size();
    }

    /** What stands in a statement is not asked for after it. */
    void forget(int kept) {
        between.subList(Math.min(kept, between.size()), between.size()).clear();
    }
}
