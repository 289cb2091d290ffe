// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;

/**
 * Picks what another scheduler picks, and ends a run some steps after all are done: old code that runs after the patch call is stale, and shows
 * within a few steps; now and then a run goes on for longer.
 */
public final class ThenStop implements Scheduler {
    private static final int SHORT = 10;
    private static final int LONG = 80;
    private static final int LONG_EVERY = 8;

    private final TransitionSystem system;
    private final Scheduler scheduler;
    private int left;

    /** Ends the runs of another scheduler. */
    public ThenStop(TransitionSystem system, Scheduler scheduler) {
        this.system = system;
        this.scheduler = scheduler;
    }

    @Override
    public void start(long run) {
        left = run % LONG_EVERY == LONG_EVERY - 1 ? LONG : SHORT;
        scheduler.start(run);
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        if (system.complete(state) && left-- == 0) {
            return END;
        }
        return scheduler.pick(state, enabled);
    }

    @Override
    public void finish(Walk.End end) {
        scheduler.finish(end);
    }
}
