// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.stream.IntStream;

/** A walk from one corner of a grid to the opposite one: a word, a part and an agent for each dimension. */
class Grid implements TransitionSystem {
    final int[] sizes;

    Grid(int... sizes) {
        this.sizes = sizes;
    }

    @Override
    public int words() {
        return sizes.length;
    }

    @Override
    public int[] partStarts() {
        return IntStream.range(0, sizes.length).toArray();
    }

    @Override
    public void initial(long[] state) {
        for (int i = 0; i < sizes.length; i++) {
            state[i] = 0;
        }
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < sizes.length; i++) {
            if (state[i] < sizes[i] - 1) {
                actions.add(i);
            }
        }
    }

    @Override
    public long apply(long[] state, int action) {
        state[action]++;
        return 0;
    }

    @Override
    public long inspect(long[] state) {
        return 0;
    }

    @Override
    public boolean complete(long[] state) {
        return IntStream.range(0, sizes.length).allMatch(i -> state[i] == sizes[i] - 1);
    }

    @Override
    public int agent(int action) {
        return action;
    }

    @Override
    public int agents() {
        return sizes.length;
    }

    @Override
    public String describe(long[] state, int action) {
        return "axis" + action + " to " + (state[action] + 1);
    }

    long states() {
        return IntStream.of(sizes).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** Along each axis, every state but those at its end has one step. */
    long transitions() {
        return IntStream.of(sizes)
                .mapToLong(size -> states() / size * (size - 1))
                .sum();
    }

    int diameter() {
        return IntStream.of(sizes).map(size -> size - 1).sum();
    }
}
