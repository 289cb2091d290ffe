// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.Arrays;

/**
 * The actions that led a search to a state. Only parents are stored; the action from a parent to its child is the first that
 * makes the one from the other, as it was in the search.
 */
final class Paths {
    private final TransitionSystem system;
    private final StateStore store;
    private final long pruneOn;
    private final ActionList actions = new ActionList();
    private final long[] parent;
    private final long[] child;
    private final long[] next;

    Paths(TransitionSystem system, StateStore store, long pruneOn) {
        this.system = system;
        this.store = store;
        this.pruneOn = pruneOn;
        this.parent = new long[system.words()];
        this.child = new long[system.words()];
        this.next = new long[system.words()];
    }

    /** The actions from the initial state to a state. */
    int[] to(int state) {
        int[] path = new int[length(state)];
        int here = state;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = actionTo(here);
            here = store.parent(here);
        }
        return path;
    }

    /** The actions from the initial state to a state, and one more. */
    int[] to(int state, int action) {
        int[] path = to(state);
        int[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = action;
        return longer;
    }

    private int length(int state) {
        int length = 0;
        for (int here = state; store.parent(here) >= 0; here = store.parent(here)) {
            length++;
        }
        return length;
    }

    /** Whether an action leads to a state from the one that is kept as its parent. */
    boolean leadTo(int state) {
        return find(state) >= 0;
    }

    private int actionTo(int state) {
        int index = find(state);
        if (index < 0) {
            throw new IllegalStateException(
                    "no action leads from state " + store.parent(state) + " to state " + state
                            + " any more: the system is no function of its state (a clock, a random number, a field left behind?)");
        }
        return actions.get(index);
    }

    /** Where among the {@link #actions} of its parent the first stands that leads to a state; negative if none does. */
    private int find(int state) {
        store.load(state, child);
        store.load(store.parent(state), parent);
        system.enabled(parent, actions);
        for (int i = 0; i < actions.size(); i++) {
            System.arraycopy(parent, 0, next, 0, parent.length);
            long raised = system.apply(next, actions.get(i));
            if ((raised & pruneOn) == 0 && Arrays.equals(next, child)) {
                return i;
            }
        }
        return -1;
    }
}
