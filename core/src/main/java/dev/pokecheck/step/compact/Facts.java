// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which numbered facts hold before each of some steps: those that do so on every way to it that is known so far. */
final class Facts {
    /** Null for a step to which no way is known. */
    private final @Nullable BitSet[] before;

    /** Of as many steps, to none of which a way is known. */
    Facts(int steps) {
        before = new BitSet[steps];
    }

    /** Those that hold before a step, which the caller does not change; empty if no way to it is known. */
    Optional<BitSet> before(int step) {
        return Optional.ofNullable(before[step]);
    }

    /** A way leads to a step, on which these facts hold; returns whether less holds there than before, or this is the first way. */
    boolean meet(int step, BitSet facts) {
        BitSet known = before[step];
        if (known == null) {
            before[step] = (BitSet) facts.clone();
            return true;
        }
        int count = known.cardinality();
        known.and(facts);
        return known.cardinality() != count;
    }
}
