// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.Arrays;
import java.util.function.Predicate;

/** Threads that count to a number, and a predicate that says which states show incident 1. */
class Threads implements TransitionSystem {
    private final int threads;
    private final int steps;
    private final Predicate<long[]> bug;

    Threads(int threads, int steps, Predicate<long[]> bug) {
        this.threads = threads;
        this.steps = steps;
        this.bug = bug;
    }

    @Override
    public int words() {
        return threads;
    }

    @Override
    public int[] partStarts() {
        return new int[] {0};
    }

    @Override
    public void initial(long[] state) {
        Arrays.fill(state, 0);
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < threads; i++) {
            if (state[i] < steps) {
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
        return bug.test(state) ? 1 : 0;
    }

    @Override
    public boolean complete(long[] state) {
        return Arrays.stream(state).allMatch(count -> count == steps);
    }

    @Override
    public int agent(int action) {
        return action;
    }

    @Override
    public int agents() {
        return threads;
    }

    @Override
    public String describe(long[] state, int action) {
        return "cpu" + action + " step" + (state[action] + 1);
    }
}
