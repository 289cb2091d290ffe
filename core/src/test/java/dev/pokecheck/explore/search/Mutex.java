// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.ActionList;

/** Two processes that look at a flag and then set it: the third word. Both in the critical section is incident 1. */
final class Mutex extends Grid {
    static final long BOTH_INSIDE = 1;

    private final boolean atomic;

    /** Looking and setting is one step if {@code atomic}. */
    Mutex(boolean atomic) {
        super(3, 3, 2);
        this.atomic = atomic;
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < 2; i++) {
            if (state[i] != 0 || state[2] == 0) {
                actions.add(i);
            }
        }
    }

    @Override
    public long apply(long[] state, int action) {
        state[action] = (state[action] + (atomic && state[action] == 0 ? 2 : 1)) % 3;
        state[2] = state[action] == 2 ? 1 : state[action] == 0 ? 0 : state[2];
        return 0;
    }

    @Override
    public long inspect(long[] state) {
        return state[0] == 2 && state[1] == 2 ? BOTH_INSIDE : 0;
    }

    @Override
    public boolean complete(long[] state) {
        return state[0] + state[1] + state[2] == 0;
    }
}
