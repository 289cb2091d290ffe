// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Graph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which local variables of a routine cannot share a slot: those that are live together, but for copies of each other. */
final class Interference {
    private final List<BitSet> neighbours = new ArrayList<>();
    private final BitSet live = new BitSet();

    /** Of as many variables. */
    Interference(int locals) {
        for (int i = 0; i < locals; i++) {
            neighbours.add(new BitSet());
        }
    }

    /** Those that are live where the routine begins are so together. */
    void begins(BitSet together) {
        live.or(together);
        together.stream().forEach(local -> neighbours.get(local).or(together));
        together.stream().forEach(local -> neighbours.get(local).clear(local));
    }

    /** A variable is assigned, and is live afterwards together with others; some have the same value as it. */
    void assigned(int local, BitSet after, BitSet same) {
        if (!after.get(local)) {
            return;
        }
        live.set(local);
        after.stream().filter(other -> !same.get(other)).forEach(other -> connect(local, other));
    }

    private void connect(int one, int other) {
        neighbours.get(one).set(other);
        neighbours.get(other).set(one);
    }

    /** Whether a variable is ever live. */
    boolean isLive(int local) {
        return live.get(local);
    }

    /** Whether a variable cannot share a slot with one of some others. */
    boolean isApartFromAny(int one, BitSet others) {
        return neighbours.get(one).intersects(others);
    }

    /** Whether a step does nothing but copy one variable to another so that both can be kept as one number; then it is the number of the first, else -1. */
    static int copied(Graph graph, int pc) {
        int from = graph.footprint(pc).copied().orElse(-1);
        int to = graph.footprint(pc).assigned().orElse(-1);
        return from >= 0
                        && to >= 0
                        && graph.localMin(pc, from) == graph.localMin(pc, to)
                        && graph.localMax(pc, from) <= graph.localMax(pc, to)
                ? from
                : -1;
    }
}
