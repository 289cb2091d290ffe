// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.BitSet;

/**
 * Looks, among all states of an exhausted search, for those from which no complete state can be reached: a closure backward
 * from the complete ones. Edges are not stored. Sweeps over the states that are open expand each again and close it if a step
 * leads to a closed one, until a sweep closes none. A state costs one bit.
 *
 * <p>States of which another finding speaks are closed from the start, so that a stuck state is news: pruned ones, those that
 * raise a pruned incident in a step, and dead ends unless they are ignored. Spontaneous actions are no way out, as nobody owes
 * them.
 *
 * <p>Sweeps go down and up in turn, the first one down: behaviour mostly moves on, to states found later. There are about as
 * many sweeps as times that the way to an end turns back to states found earlier or on again.
 */
final class StuckCheck {
    private final TransitionSystem system;
    private final StateStore store;
    private final SearchOptions options;
    private final BitSet closed;
    private final ActionList actions = new ActionList();
    private final long[] current;
    private final long[] next;
    private int open;
    /** The sweep goes on with this state, if it is open. */
    private int position;

    private boolean upward;
    private boolean progressed;
    private boolean done;

    StuckCheck(TransitionSystem system, StateStore store, SearchOptions options, BitSet pruned) {
        this.system = system;
        this.store = store;
        this.options = options;
        this.closed = (BitSet) pruned.clone();
        this.current = new long[system.words()];
        this.next = new long[system.words()];
        this.open = store.size() - closed.cardinality();
        this.position = store.size() - 1;
    }

    /** Whether the answer is known. */
    boolean done() {
        return done;
    }

    /** The open state that was found first: breadth first, none is nearer to the initial state. */
    int first() {
        return closed.nextClearBit(0);
    }

    /** The number of states that are still open; when the answer is known, of stuck states. */
    int open() {
        return open;
    }

    /** Looks at some states more. */
    void advance(long states) {
        for (long i = 0; i < states && !done; i++) {
            int state = upward ? closed.nextClearBit(position) : closed.previousClearBit(position);
            if (state >= 0 && state < store.size()) {
                look(state);
                position = upward ? state + 1 : state - 1;
            } else {
                turn();
            }
        }
    }

    private void look(int state) {
        if (closes(state)) {
            closed.set(state);
            open--;
            progressed = true;
        }
    }

    private void turn() {
        done = !progressed || open == 0;
        progressed = false;
        upward = !upward;
        position = upward ? 0 : store.size() - 1;
    }

    private boolean closes(int state) {
        store.load(state, current);
        if (system.complete(current)) {
            return true;
        }
        system.enabled(current, actions);
        for (int i = 0; i < actions.size(); i++) {
            if (system.spontaneous(actions.get(i))) {
                continue;
            }
            System.arraycopy(current, 0, next, 0, current.length);
            long raised = system.apply(next, actions.get(i));
            if ((raised & options.pruneOn()) != 0 || closed.get(known(next))) {
                return true;
            }
        }
        return system.nothingOwed(actions) && options.deadEnds() != Attention.IGNORE;
    }

    private int known(long[] state) {
        int number = store.put(state);
        if (number >= 0 || number == StateStore.FULL) {
            throw new IllegalStateException("a step leads to a state that an exhausted search has not seen:"
                    + " the system is no function of its state (a clock, a random number, a field left behind?)");
        }
        return ~number;
    }
}
