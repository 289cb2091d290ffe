// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import java.util.Arrays;

/** Picks what another scheduler picks, and keeps the actions of the present run. */
public final class RecordingScheduler implements Scheduler {
    private final Scheduler scheduler;
    private int[] actions = new int[256];
    private int size;

    public RecordingScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void start(long run) {
        size = 0;
        scheduler.start(run);
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        int pick = scheduler.pick(state, enabled);
        if (pick != END) {
            if (size == actions.length) {
                actions = Arrays.copyOf(actions, 2 * size);
            }
            actions[size++] = enabled.get(pick);
        }
        return pick;
    }

    @Override
    public void finish(Walk.End end) {
        scheduler.finish(end);
    }

    /** A copy of the actions of the run that is under way or was the last. */
    public int[] actions() {
        return Arrays.copyOf(actions, size);
    }
}
