// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Walk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final Walk.Limits LIMITS = Walk.Limits.steps(1000);

    @Test
    void countsRunsThatFindNothing() {
        Grid grid = new Grid(4, 4);
        SampleResult result = Sampler.run(grid, new RandomScheduler(1), 100, LIMITS, Budget.UNLIMITED);
        assertEquals(new SampleResult(100, 600, 100, 0, "", Optional.empty()), result);
    }

    @Test
    void stopsAtTheFirstIncidentWithItsSchedule() {
        Mutex mutex = new Mutex(false);
        Walk.Limits limits = new Walk.Limits(-1, 1000, true);
        SampleResult result = Sampler.run(mutex, new RandomScheduler(1), 100, limits, Budget.UNLIMITED);
        Finding finding = result.finding().orElseThrow();
        assertEquals(Mutex.BOTH_INSIDE, finding.incident());
        long[] state = new long[mutex.words()];
        for (int action : finding.schedule()) {
            mutex.apply(state, action);
        }
        assertEquals(Mutex.BOTH_INSIDE, mutex.inspect(state));
        assertTrue(finding.depth() >= 4);
        assertEquals(result, Sampler.run(mutex, new RandomScheduler(1), 100, limits, Budget.UNLIMITED));
    }

    @Test
    void stopsAtADeadlock() {
        SampleResult result = Sampler.run(new Philosophers(3), new RandomScheduler(5), 1000, LIMITS, Budget.UNLIMITED);
        assertEquals(Finding.Kind.DEADLOCK, result.finding().orElseThrow().kind());
    }

    @Test
    void countsRunsThatAreCutOff() {
        Graph loop = Graph.of(2, "0>1 1>0");
        SampleResult result = Sampler.run(loop, new RandomScheduler(5), 10, LIMITS, Budget.UNLIMITED);
        assertEquals(new SampleResult(10, 10_000, 0, 10, "", Optional.empty()), result);
    }

    @Test
    void aSpentBudgetEndsIt() {
        int[] polls = {0};
        SampleResult result = Sampler.run(
                new Grid(4, 4), new RandomScheduler(1), 1000, LIMITS, () -> ++polls[0] == 3 ? "time" : null);
        assertEquals("time", result.reason());
        assertEquals(128, result.runs());
    }
}
