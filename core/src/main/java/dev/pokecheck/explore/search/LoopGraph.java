// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.explore.store.IntRow;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.Arrays;

/**
 * The part of a searched system in which loops may lie: some of its states, here called nodes and numbered from 0, and the steps between them
 * that do a duty and complete nothing. Worked out again from the states, so that a search need not keep all of this for all of them.
 */
final class LoopGraph {
    private final TransitionSystem system;
    private final StateStore store;
    private final int[] states;
    /** For each node, the duties that can be done there, as bits. */
    private final long[] enabled;
    /** For each node, where its steps begin; one more at the end. */
    private final int[] first;

    private int[] targets = new int[64];
    private int[] actions = new int[64];
    private byte[] duties = new byte[64];
    private int size;

    /**
     * @param store holds the states, and is not sealed
     * @param states the numbers of the states in question, ascending
     * @param pruneOn incidents that a step must not raise to be taken
     */
    LoopGraph(TransitionSystem system, StateStore store, int[] states, long pruneOn) {
        this.system = system;
        this.store = store;
        this.states = states;
        this.enabled = new long[states.length];
        this.first = new int[states.length + 1];
        long[] current = new long[system.words()];
        long[] next = new long[system.words()];
        ActionList all = new ActionList();
        for (int node = 0; node < states.length; node++) {
            first[node] = size;
            store.load(states[node], current);
            system.enabled(current, all);
            for (int i = 0; i < all.size(); i++) {
                int duty = system.duty(current, all.get(i));
                if (duty != TransitionSystem.NO_DUTY) {
                    enabled[node] |= 1L << duty;
                    System.arraycopy(current, 0, next, 0, next.length);
                    if ((system.apply(next, all.get(i)) & pruneOn) == 0 && !system.progressed()) {
                        add(nodeOf(store.put(next)), all.get(i), duty);
                    }
                }
            }
        }
        first[states.length] = size;
    }

    /** The node of a known state; negative if it is none of the states in question. */
    private int nodeOf(int put) {
        if (put >= 0 || put == StateStore.FULL) {
            throw new IllegalStateException(
                    "a step leads to a new state after the search has visited all: the system is"
                            + " no function of its state (a clock, a random number, a field left behind?)");
        }
        return Arrays.binarySearch(states, ~put);
    }

    private void add(int target, int action, int duty) {
        if (target < 0) {
            return;
        }
        if (size == targets.length) {
            targets = Arrays.copyOf(targets, IntRow.room(size));
            actions = Arrays.copyOf(actions, IntRow.room(size));
            duties = Arrays.copyOf(duties, IntRow.room(size));
        }
        targets[size] = target;
        actions[size] = action;
        duties[size++] = (byte) duty;
    }

    int nodes() {
        return states.length;
    }

    /** The number of the state of a node. */
    int state(int node) {
        return states[node];
    }

    /** The number of steps by which the search came to a node. */
    int depth(int node) {
        int depth = 0;
        for (int state = store.parent(states[node]); state >= 0; state = store.parent(state)) {
            depth++;
        }
        return depth;
    }

    /** The first step of a node; its last one is before the first of the next. */
    int first(int node) {
        return first[node];
    }

    int target(int step) {
        return targets[step];
    }

    int action(int step) {
        return actions[step];
    }

    /** The duty that a step does, as a bit. */
    long duty(int step) {
        return 1L << duties[step];
    }

    /** The duties that can be done at a node, as bits. */
    long enabled(int node) {
        return enabled[node];
    }

    /** The duties that are done if they can be again and again, as bits. */
    long prompt() {
        return system.promptDuties();
    }
}
