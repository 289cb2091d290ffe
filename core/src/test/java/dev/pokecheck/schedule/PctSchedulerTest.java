// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.ActionList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Bugs of known depth in two threads of ten steps, and the probability that the paper promises. */
class PctSchedulerTest {
    private static final int RUNS = 40_000;
    private static final int STEPS = 20;

    private static int hits(Predicate<long[]> bug, Function<Threads, Scheduler> policy) {
        Threads system = new Threads(2, STEPS / 2, bug);
        Scheduler scheduler = policy.apply(system);
        Walk walk = new Walk(system, Walk.Limits.steps(STEPS));
        int hits = 0;
        for (int run = 0; run < RUNS; run++) {
            hits += walk.run(scheduler, run) == Walk.End.INCIDENT ? 1 : 0;
        }
        return hits;
    }

    private static void assertPromise(int depth, Predicate<long[]> bug) {
        int hits = hits(bug, system -> new PctScheduler(system, 42, depth, STEPS));
        double promised = RUNS / (2 * Math.pow(STEPS, depth - 1.0));
        double threeSigma = 3 * Math.sqrt(promised);
        assertTrue(hits > promised - threeSigma, () -> hits + " hits, promised " + promised);
    }

    @Test
    void depthOneIsAnOrderOfTwoThreads() {
        assertPromise(1, state -> state[0] == 0 && state[1] == 10);
    }

    /** The whole of one thread between steps 8 and 9 of the other: two constraints. */
    private static boolean between(long[] state) {
        return state[0] == 8 && state[1] == 10;
    }

    @Test
    void depthTwoIsOnePreemption() {
        assertPromise(2, PctSchedulerTest::between);
        int random = hits(PctSchedulerTest::between, system -> new RandomScheduler(42));
        assertTrue(random > 0);
    }

    @Test
    void depthThreeIsTwoPreemptions() {
        boolean[] third = {false};
        assertPromise(3, state -> {
            third[0] = (state[0] == 5 && state[1] == 3) || (third[0] && state[0] > 5 && state[1] == 3);
            return third[0] && state[0] == 10;
        });
    }

    @Test
    void depthOneRunsThreadsOneAfterTheOther() {
        Threads system = new Threads(3, 4, state -> false);
        RecordingScheduler recording = new RecordingScheduler(new PctScheduler(system, 1, 1, 12));
        Walk walk = new Walk(system, Walk.Limits.steps(12));
        int[] first = new int[3];
        for (int run = 0; run < 3000; run++) {
            walk.run(recording, run);
            int[] actions = recording.actions();
            for (int i = 0; i < 12; i++) {
                assertEquals(actions[i / 4 * 4], actions[i]);
            }
            first[actions[0]]++;
        }
        for (int count : first) {
            assertTrue(count > 900 && count < 1100, () -> count + " of 3000 runs began with one of three threads");
        }
    }

    @Test
    void anAgentWithSeveralActionsDrawsOne() {
        Threads twoActions = new Threads(1, 10, state -> false) {
            @Override
            public void enabled(long[] state, ActionList actions) {
                super.enabled(state, actions);
                actions.add(0);
            }
        };
        Scheduler pct = new PctScheduler(twoActions, 1, 1, 10);
        ActionList enabled = new ActionList();
        twoActions.enabled(new long[1], enabled);
        pct.start(0);
        int seconds = 0;
        for (int i = 0; i < 1000; i++) {
            seconds += pct.pick(new long[1], enabled);
        }
        int drawn = seconds;
        assertTrue(drawn > 450 && drawn < 550, () -> drawn + " of 1000");
    }

    @Test
    void rejectsNonsense() {
        Threads system = new Threads(2, 1, state -> false);
        assertThrows(IllegalArgumentException.class, () -> new PctScheduler(system, 1, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> new PctScheduler(system, 1, 1, 0));
    }
}
