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
 *
 * <p>Sweeps go down and up in turn, the first one down: behaviour mostly moves on, to states found later. There are about as
 * many sweeps as times that the way to an end turns back to states found earlier or on again.
 */
final class StuckCheck implements Sweeps {
    private static final BitSet NOTHING = new BitSet();

    private final Edges edges;
    private final BitSet closed;
    private final int states;
    private boolean upward;
    private boolean done;

    /**
     * @param edges the steps that are owed
     * @param closed the states that are closed from the start; more are added
     * @param states the number of states
     */
    StuckCheck(Edges edges, BitSet closed, int states) {
        this.edges = edges;
        this.closed = closed;
        this.states = states;
        this.done = open() == 0;
    }

    /** Goes on with what another check has closed so far, which must be what this one was given. */
    void goOn(boolean up) {
        upward = up;
    }

    @Override
    public boolean isUpward() {
        return upward;
    }

    @Override
    public boolean done() {
        return done;
    }

    /** The open state that was found first: breadth first, none is nearer to the initial state. */
    int first() {
        return closed.nextClearBit(0);
    }

    /** The number of states that are still open; when the answer is known, of stuck states. */
    int open() {
        return states - closed.cardinality();
    }

    @Override
    public void sweep() {
        boolean progressed = false;
        if (upward) {
            for (long begin = 0; begin < edges.size(); begin = edges.behind(begin)) {
                progressed |= look(begin);
            }
        } else {
            for (long end = edges.size() - 1; end >= 0; end = edges.beginOf(end) - 1) {
                progressed |= look(edges.beginOf(end));
            }
        }
        upward = !upward;
        done = !progressed || open() == 0;
    }

    /** The search itself knows what is closed. */
    @Override
    public BitSet left() {
        return NOTHING;
    }

    @Override
    public int waiting() {
        return 0;
    }

    private boolean look(long begin) {
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
