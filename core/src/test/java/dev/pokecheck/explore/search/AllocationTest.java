// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.schedule.BytesScheduler;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neither a transition of a search nor a step of a walk allocates. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A thousand states, each with two thousand steps: the store is soon full and the rest is transitions. */
    private static final class Dense extends Grid {
        private static final int STATES = 1000;

        Dense() {
            super(STATES, 1);
        }

        @Override
        public void enabled(long[] state, ActionList actions) {
            actions.clear();
            for (int i = 0; i < 2 * STATES; i++) {
                actions.add(i);
            }
        }

        @Override
        public long apply(long[] state, int action) {
            state[0] = (state[0] + action) % STATES;
            return 0;
        }

        @Override
        public boolean complete(long[] state) {
            return false;
        }

        @Override
        public int agent(int action) {
            return action & 1;
        }
    }

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @EnumSource
    void search(Storage storage) {
        SearchOptions options = SearchOptions.defaults().storage(storage);
        Search.run(new Dense(), options);
        long[] transitions = {0};
        long allocated = allocatedBy(
                () -> transitions[0] = Search.run(new Dense(), options).transitions());
        assertEquals(2_000_000, transitions[0]);
        assertTrue(allocated < 1_500_000, () -> allocated + " bytes for two million transitions");
    }

    @Test
    void walk() {
        Dense system = new Dense();
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Walk walk = new Walk(system, new Walk.Limits(0, 1000, true));
        List<Scheduler> schedulers = List.of(
                new RandomScheduler(1), new PctScheduler(system, 1, 3, 1000), new BytesScheduler(system, bytes));
        for (Scheduler scheduler : schedulers) {
            walk.run(scheduler, 0);
            long allocated = allocatedBy(() -> {
                for (int run = 1; run <= 50; run++) {
                    walk.run(scheduler, run);
                }
            });
            assertTrue(allocated < 1000, () -> allocated + " bytes for fifty thousand steps of " + scheduler);
        }
    }
}
