// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.BitSet;

/**
 * A check after exhaustion, which goes over all steps again and again until a sweep changes nothing, or no state is open any more.
 *
 * <p>Sweeps go down and up in turn, the first one down: behaviour mostly moves on, to states found later. There are about as
 * many sweeps as times that the way to an end turns back to states found earlier or on again.
 */
abstract class Sweeps {
    /** The steps that are owed. */
    final Edges edges;

    private boolean upward;
    private boolean done;

    Sweeps(Edges edges) {
        this.edges = edges;
    }

    /** Begins, with a sweep in a direction unless nothing is open: the answer is known then. */
    final void begin(boolean up) {
        upward = up;
        done = open() == 0;
    }

    /** Whether the answer is known. */
    final boolean done() {
        return done;
    }

    /** Goes once over all steps. */
    final void sweep() {
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
        done = !changed || open() == 0;
    }

    /** Whether the next sweep goes up. */
    final boolean isUpward() {
        return upward;
    }

    /** Looks at the steps of one state, which begin there; returns whether it is no longer open. */
    abstract boolean look(long begin);

    /** The number of states that are still open; when the answer is known, of those that are looked for. */
    abstract int open();

    /** What sweeps have left, beyond what the search knows; not to be changed. */
    abstract BitSet left();

    /** How many states are told to wait. */
    abstract int waiting();
}
