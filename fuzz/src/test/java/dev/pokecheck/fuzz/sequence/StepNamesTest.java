// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.fuzz.RandomInputs;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that are remembered are those that the machine gives. */
class StepNamesTest {
    private long compared;

    /** Of all that is enabled in each state of runs of many scenarios, not only of the step that is taken. */
    @Test
    void rememberedNamesAreThoseOfTheMachine() {
        compare(100);
        assertTrue(compared > 160_000, compared + " names");
    }

    @Tag("full")
    @Test
    void soTheyAreInMoreScenarios() {
        compare(300);
        assertTrue(compared > 500_000, compared + " names");
    }

    private void compare(int scenarios) {
        RandomInputs inputs = new RandomInputs("StepNames", 20251130);
        for (int i = 0; i < scenarios; i++) {
            byte[] input = inputs.next(60, SequenceCase.HEADER);
            Machine machine;
            try {
                machine = new SequenceCase(input).machine();
            } catch (IllegalArgumentException e) {
                // Not every engine takes every site.
                continue;
            }
            compare(machine, new Burst(input, SequenceCase.HEADER));
        }
    }

    private void compare(Machine machine, Burst burst) {
        StepNames names = new StepNames(machine);
        Preemptions schedule = new Preemptions(machine);
        Walk walk = new Walk(machine, new Walk.Limits(0, 400, true));
        for (int number = 0; number < 8; number++) {
            schedule.fill(burst.run(number), SequenceCase.HEADER);
            walk.run(
                    new Scheduler() {
                        @Override
                        public void start(long run) {
                            schedule.start(run);
                        }

                        @Override
                        public int pick(long[] state, ActionList enabled) {
                            for (int i = 0; i < enabled.size(); i++) {
                                int action = enabled.get(i);
                                assertEquals(machine.describe(state, action), names.of(state, action).name);
                            }
                            compared += enabled.size();
                            return schedule.pick(state, enabled);
                        }
                    },
                    0);
        }
    }
}
