// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.machine.ActionList;
import org.junit.jupiter.api.Test;

class DeterminismAuditTest {
    private static void audit(Threads system) {
        DeterminismAudit audit = new DeterminismAudit(system, new RandomScheduler(1));
        Walk walk = new Walk(system, Walk.Limits.steps(100));
        for (int run = 0; run < 40; run++) {
            walk.run(audit, run);
        }
    }

    @Test
    void aFunctionOfTheStatePassesAndIsRunTwice() {
        Threads system = new Threads(2, 3, state -> false);
        audit(system);
        RecordingScheduler recording = new RecordingScheduler(new DeterminismAudit(system, new RandomScheduler(1)));
        Walk walk = new Walk(system, Walk.Limits.steps(100));
        walk.run(recording, 6);
        int[] first = recording.actions();
        walk.run(recording, 7);
        assertArrayEquals(first, recording.actions());
    }

    @Test
    void otherEnabledActionsAreFound() {
        Threads system = new Threads(2, 3, state -> false) {
            private int calls;

            @Override
            public void enabled(long[] state, ActionList actions) {
                super.enabled(state, actions);
                if (++calls == 8) {
                    actions.clear();
                    actions.add(1);
                }
            }
        };
        NondeterminismException e = assertThrows(NondeterminismException.class, () -> audit(system));
        assertEquals(
                "step 2: enabled in the first run: [cpu0 step1, cpu1 step2], in the second: [cpu1 step2];"
                        + " the system depends on more than its state (a clock, a random number, hash order, a field not reset)",
                e.getMessage());
    }

    @Test
    void otherStatesAreFound() {
        Threads system = new Threads(1, 9, state -> false) {
            private int calls;

            @Override
            public String describe(long[] state, int action) {
                return "step";
            }

            @Override
            public long apply(long[] state, int action) {
                return super.apply(state, action) + (++calls == 12 ? super.apply(state, action) : 0);
            }
        };
        NondeterminismException e = assertThrows(NondeterminismException.class, () -> audit(system));
        assertEquals(
                "step 4: the state of the first run: [3], of the second: [4]",
                e.getMessage().split(";", -1)[0]);
    }

    @Test
    void anEarlierEndIsFound() {
        Threads system = new Threads(1, 3, state -> false) {
            private int calls;

            @Override
            public boolean complete(long[] state) {
                return super.complete(state) || ++calls == 5;
            }
        };
        NondeterminismException e = assertThrows(NondeterminismException.class, () -> audit(system));
        assertEquals(
                "step 2: the second run has ended (COMPLETE), the first went on with [cpu0 step2]",
                e.getMessage().split(";", -1)[0]);
    }
}
