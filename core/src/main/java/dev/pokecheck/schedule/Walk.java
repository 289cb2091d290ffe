// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import org.jspecify.annotations.Nullable;

/**
 * Runs a system under a scheduler, one run after the other. Buffers are used again: neither a step nor a run allocates. A walk
 * is confined to one thread.
 */
public final class Walk {

    /** Why a run ended. */
    public enum End {
        /** It met an incident that was to end it. */
        INCIDENT,
        /** Everybody has done what was asked. */
        COMPLETE,
        /** Nothing that anybody owes was enabled in a state that is not complete. */
        DEADLOCK,
        /** It took as many steps as it may. */
        STEP_BOUND,
        /** The scheduler had no more to pick. */
        SCHEDULE_END
    }

    /**
     * When a run ends.
     *
     * @param stopOn incidents that end it
     * @param maxSteps the most steps it takes
     * @param pastComplete whether it goes on where nothing more is owed, in a complete or deadlocked state that still enables
     *     something
     */
    public record Limits(long stopOn, int maxSteps, boolean pastComplete) {
        public Limits {
            if (maxSteps < 0) {
                throw new IllegalArgumentException("maxSteps must not be negative, but is " + maxSteps);
            }
        }

        /** Ends at a complete state, at any incident, and after so many steps. */
        public static Limits steps(int maxSteps) {
            return new Limits(-1L, maxSteps, false);
        }
    }

    private final TransitionSystem system;
    private final Limits limits;
    private final ActionList enabled = new ActionList();
    private final long[] state;
    private int steps;
    private long incidents;

    public Walk(TransitionSystem system, Limits limits) {
        this.system = system;
        this.limits = limits;
        this.state = new long[system.words()];
    }

    /** Runs once from the initial state. */
    public End run(Scheduler scheduler, long run) {
        system.initial(state);
        return go(0, scheduler, run);
    }

    /**
     * Runs once from a state that an earlier run came to: the same run as one from the initial state whose first steps are those that led there,
     * without making them again.
     *
     * @param from the state; it is copied
     * @param taken how many steps led there, none of which met an incident that ends a run
     */
    public End resume(long[] from, int taken, Scheduler scheduler, long run) {
        System.arraycopy(from, 0, state, 0, state.length);
        return go(taken, scheduler, run);
    }

    private End go(int taken, Scheduler scheduler, long run) {
        incidents = system.inspect(state);
        steps = taken;
        scheduler.start(run);
        while (true) {
            End end = over();
            if (end != null) {
                scheduler.finish(end);
                return end;
            }
            int pick = scheduler.pick(state, enabled);
            if (pick == Scheduler.END) {
                return system.isDeadEnd(state, enabled) ? End.DEADLOCK : End.SCHEDULE_END;
            }
            incidents |= system.apply(state, enabled.get(pick));
            incidents |= system.inspect(state);
            steps++;
        }
    }

    /** Why the run is over; null if it goes on with what is now {@link #enabled}. */
    private @Nullable End over() {
        if ((incidents & limits.stopOn) != 0) {
            return End.INCIDENT;
        }
        boolean complete = system.complete(state);
        if (complete && !limits.pastComplete) {
            return End.COMPLETE;
        }
        system.enabled(state, enabled);
        if (enabled.size() == 0 || (!limits.pastComplete && system.nothingOwed(enabled))) {
            return complete ? End.COMPLETE : End.DEADLOCK;
        }
        return steps == limits.maxSteps ? End.STEP_BOUND : null;
    }

    /** The steps of the last run, those that led to where it resumed included. */
    public int steps() {
        return steps;
    }

    /** All incidents of the last run, since it resumed. */
    public long incidents() {
        return incidents;
    }
}
