// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.machine.ActionList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WalkTest {
    private final Scheduler random = new RandomScheduler(3);

    private static Walk walk(Threads system, long stopOn, int maxSteps, boolean pastComplete) {
        return new Walk(system, new Walk.Limits(stopOn, maxSteps, pastComplete));
    }

    @Test
    void endsWhenAllIsDone() {
        Walk walk = walk(new Threads(2, 3, state -> false), -1, 100, false);
        assertEquals(Walk.End.COMPLETE, walk.run(random, 0));
        assertEquals(6, walk.steps());
        assertEquals(0, walk.incidents());
    }

    @Test
    void endsAtAnIncidentOrGoesOn() {
        Threads system = new Threads(2, 3, state -> state[0] == 2);
        Walk stopping = walk(system, 1, 100, false);
        assertEquals(Walk.End.INCIDENT, stopping.run(random, 0));
        Walk going = walk(system, 2, 100, false);
        assertEquals(Walk.End.COMPLETE, going.run(random, 0));
        assertEquals(1, going.incidents());
    }

    @Test
    void theInitialStateMayShowTheIncident() {
        Walk walk = walk(new Threads(1, 3, state -> state[0] == 0), 1, 100, false);
        assertEquals(Walk.End.INCIDENT, walk.run(random, 0));
        assertEquals(0, walk.steps());
    }

    @Test
    void endsAtTheBoundOfSteps() {
        Walk walk = walk(new Threads(2, 3, state -> false), -1, 5, false);
        assertEquals(Walk.End.STEP_BOUND, walk.run(random, 0));
        assertEquals(5, walk.steps());
        assertThrows(IllegalArgumentException.class, () -> Walk.Limits.steps(-1));
    }

    @Test
    void endsInADeadlock() {
        Threads stopped = new Threads(1, 3, state -> false) {
            @Override
            public boolean complete(long[] state) {
                return false;
            }
        };
        assertEquals(Walk.End.DEADLOCK, walk(stopped, -1, 100, false).run(random, 0));
    }

    @Test
    void goesPastACompleteStateIfAsked() {
        Threads early = new Threads(1, 3, state -> false) {
            @Override
            public boolean complete(long[] state) {
                return state[0] >= 1;
            }
        };
        Walk stopping = walk(early, -1, 100, false);
        assertEquals(Walk.End.COMPLETE, stopping.run(random, 0));
        assertEquals(1, stopping.steps());
        Walk going = walk(early, -1, 100, true);
        assertEquals(Walk.End.COMPLETE, going.run(random, 0));
        assertEquals(3, going.steps());
    }

    @Test
    void endsWhereTheSchedulerEndsIt() {
        Scheduler none = (state, enabled) -> Scheduler.END;
        assertEquals(
                Walk.End.SCHEDULE_END,
                walk(new Threads(2, 3, state -> false), -1, 100, false).run(none, 0));
    }

    @Test
    void runsOfOneNumberAreTheSame() {
        Threads system = new Threads(3, 5, state -> false);
        RecordingScheduler recording = new RecordingScheduler(new RandomScheduler(9));
        Walk walk = walk(system, -1, 100, false);
        walk.run(recording, 4);
        int[] first = recording.actions();
        walk.run(recording, 5);
        int[] other = recording.actions();
        walk.run(recording, 4);
        assertArrayEquals(first, recording.actions());
        assertFalse(Arrays.equals(first, other));
    }

    @Test
    void tellsTheSchedulerHowTheRunEnded() {
        StringBuilder log = new StringBuilder();
        Scheduler logging = new Scheduler() {
            @Override
            public void start(long run) {
                log.append("start ").append(run);
            }

            @Override
            public int pick(long[] state, ActionList enabled) {
                return 0;
            }

            @Override
            public void finish(Walk.End end) {
                log.append(", ").append(end);
            }
        };
        walk(new Threads(2, 3, state -> false), -1, 100, false).run(logging, 8);
        assertEquals("start 8, COMPLETE", log.toString());
    }
}
