// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.BitSet;

/**
 * Looks, among all states of an exhausted search, for those from which one can go on for ever without a step that completes something.
 * Sweeps over all steps take out the states of which no unmarked step leads to one that is still in, until a sweep takes out none. What is
 * left leads into a loop, or lies in one; of most protocols nothing is left, and then nothing more has to be asked.
 */
final class LoopCheck extends Sweeps {
    private final BitSet open;

    /**
     * @param edges the steps that are owed, those that complete something marked
     * @param states the number of states
     */
    LoopCheck(Edges edges, int states) {
        super(edges);
        open = new BitSet(states);
        for (long begin = 0; begin < edges.size(); begin = edges.behind(begin)) {
            open.set(edges.at(begin));
        }
    }

    /** Takes out what another check of the same steps has taken out already. */
    void goOn(BitSet left) {
        open.and(left);
    }

    @Override
    BitSet left() {
        return open;
    }

    @Override
    int open() {
        return open.cardinality();
    }

    /** The states that are still in, ascending. */
    int[] states() {
        return open.stream().toArray();
    }

    @Override
    int waiting() {
        return open();
    }

    @Override
    boolean look(long begin) {
        int state = edges.at(begin);
        if (!open.get(state)) {
            return false;
        }
        for (long position = begin + 1; edges.at(position) >= 0; position++) {
            if (!edges.isMarked(position) && open.get(edges.at(position))) {
                return false;
            }
        }
        open.clear(state);
        return true;
    }
}
