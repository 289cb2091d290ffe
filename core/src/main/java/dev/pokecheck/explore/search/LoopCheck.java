// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.BitSet;

/**
 * Looks, among all states of an exhausted search, for those from which one can go on for ever without a step that completes something.
 * Sweeps over all steps take out the states of which no unmarked step leads to one that is still in, until a sweep takes out none. What is
 * left leads into a loop, or lies in one; of most protocols nothing is left, and then nothing more has to be asked.
 *
 * <p>Sweeps go down and up in turn, as in {@link StuckCheck}.
 */
final class LoopCheck implements Sweeps {
    private final Edges edges;
    private final BitSet open;
    private boolean upward;
    private boolean done;

    /**
     * @param edges the steps that are owed, those that complete something marked
     * @param states the number of states
     */
    LoopCheck(Edges edges, int states) {
        this.edges = edges;
        this.open = new BitSet(states);
        for (long begin = 0; begin < edges.size(); begin = edges.behind(begin)) {
            open.set(edges.at(begin));
        }
        this.done = open.isEmpty();
    }

    /** Goes on with what another check of the same steps has left in. */
    void goOn(BitSet left, boolean up) {
        open.and(left);
        upward = up;
    }

    @Override
    public BitSet left() {
        return open;
    }

    @Override
    public boolean isUpward() {
        return upward;
    }

    @Override
    public boolean done() {
        return done;
    }

    /** The number of states that are still in. */
    int open() {
        return open.cardinality();
    }

    /** The states that are still in, ascending. */
    int[] states() {
        return open.stream().toArray();
    }

    @Override
    public void sweep() {
        boolean changed = false;
        if (upward) {
            for (long begin = 0; begin < edges.size(); begin = edges.behind(begin)) {
                changed |= look(begin);
            }
        } else {
            for (long end = edges.size() - 1; end >= 0; end = edges.beginOf(end) - 1) {
                changed |= look(edges.beginOf(end));
            }
        }
        upward = !upward;
        done = !changed || open.isEmpty();
    }

    @Override
    public int waiting() {
        return open();
    }

    private boolean look(long begin) {
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
