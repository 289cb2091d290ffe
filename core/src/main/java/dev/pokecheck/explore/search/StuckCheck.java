// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.BitSet;

/**
 * Looks, among all states of an exhausted search, for those from which no complete state can be reached: a closure backward
 * from those that are closed from the start. Sweeps over all steps close the states of which a step leads to a closed one, until
 * a sweep closes none.
 *
 * <p>Closed from the start are complete states, and states of which another finding speaks, so that a stuck state is news: pruned
 * ones, those that raise a pruned incident in a step, and dead ends unless they are ignored. Spontaneous actions are no way out,
 * as nobody owes them.
 */
final class StuckCheck extends Sweeps {
    private static final BitSet NOTHING = new BitSet();

    private final BitSet closed;
    private final int states;

    /**
     * @param edges the steps that are owed
     * @param closed the states that are closed from the start, or that another check of the same steps has closed; more are added
     * @param states the number of states
     */
    StuckCheck(Edges edges, BitSet closed, int states) {
        super(edges);
        this.closed = closed;
        this.states = states;
    }

    /** The open state that was found first: breadth first, none is nearer to the initial state. */
    int first() {
        return closed.nextClearBit(0);
    }

    @Override
    int open() {
        return states - closed.cardinality();
    }

    /** The search itself knows what is closed. */
    @Override
    BitSet left() {
        return NOTHING;
    }

    @Override
    int waiting() {
        return 0;
    }

    @Override
    boolean look(long begin) {
        int state = edges.at(begin);
        if (closed.get(state)) {
            return false;
        }
        for (long position = begin + 1; edges.at(position) >= 0; position++) {
            if (closed.get(edges.at(position))) {
                closed.set(state);
                return true;
            }
        }
        return false;
    }
}
