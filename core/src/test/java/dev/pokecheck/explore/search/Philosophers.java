// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.ActionList;

/**
 * E. W. Dijkstra's diners: left fork, right fork, both down. Philosopher i holds none (0), the left fork i (1), or both (2). A
 * seating is reachable if whoever holds two sits left of one who holds none; closed walks of that relation are the
 * Pell–Lucas numbers, OEIS A002203.
 */
class Philosophers extends Grid {
    Philosophers(int seats) {
        super(new int[seats]);
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < sizes.length; i++) {
            long left = state[(i + sizes.length - 1) % sizes.length];
            long right = state[(i + 1) % sizes.length];
            if ((state[i] == 0 && left != 2) || (state[i] == 1 && right == 0) || state[i] == 2) {
                actions.add(i);
            }
        }
    }

    @Override
    public long apply(long[] state, int action) {
        state[action] = (state[action] + 1) % 3;
        return 0;
    }

    @Override
    public boolean complete(long[] state) {
        return false;
    }

    static long pellLucas(int n) {
        long previous = 2;
        long current = 2;
        for (int i = 1; i < n; i++) {
            long next = 2 * current + previous;
            previous = current;
            current = next;
        }
        return current;
    }
}
