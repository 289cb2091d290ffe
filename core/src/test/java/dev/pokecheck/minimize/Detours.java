// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Follows a schedule, and now and then takes any enabled action instead: violating schedules with much in them that is not needed, also of
 * violations that random runs hardly ever meet.
 */
final class Detours implements Scheduler {
    /** One step in so many is a detour. */
    private static final int DETOUR = 8;

    private final Machine machine;
    private final List<String> names;
    private final long seed;
    private SplittableRandom random = new SplittableRandom(0);
    private int next;

    Detours(Machine machine, List<String> names, long seed) {
        this.machine = machine;
        this.names = names;
        this.seed = seed;
    }

    @Override
    public void start(long run) {
        random = new SplittableRandom(31 * seed + run);
        next = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        if (random.nextInt(DETOUR) != 0) {
            for (int i = 0; next < names.size() && i < enabled.size(); i++) {
                if (machine.describe(state, enabled.get(i)).equals(names.get(next))) {
                    next++;
                    return i;
                }
            }
        }
        return random.nextInt(enabled.size());
    }
}
