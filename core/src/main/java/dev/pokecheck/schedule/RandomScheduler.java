// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;

/**
 * Picks every enabled action with the same probability. Schedules are not equally likely, and one that needs many steps of one
 * agent in a row is rare; {@link PctScheduler} is made for those.
 */
public final class RandomScheduler implements Scheduler {
    private final long seed;
    private final RandomNumbers random = new RandomNumbers();

    public RandomScheduler(long seed) {
        this.seed = seed;
    }

    @Override
    public void start(long run) {
        random.seed(seed, run);
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        return random.below(enabled.size());
    }
}
