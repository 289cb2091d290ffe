// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes every run of another scheduler twice, and throws {@link NondeterminismException} if the two do not show the same states
 * and the same enabled actions. It finds what a system depends on besides its state: a clock, a random number, the order of a
 * hash table, a field that {@code initial} does not reset.
 *
 * <p>Run 2n is run n of the other scheduler, run 2n + 1 its repetition, and the two are to follow each other. It keeps all
 * states of a run; a tool for tests.
 */
public final class DeterminismAudit implements Scheduler {
    private final TransitionSystem system;
    private final Scheduler scheduler;
    private final List<Step> steps = new ArrayList<>();
    private boolean repeating;
    private int step;

    /** What was seen at a step, and what was picked; {@link Scheduler#END} if the scheduler ended the run. */
    private record Step(List<Long> state, List<String> enabled, int pick) {}

    public DeterminismAudit(TransitionSystem system, Scheduler scheduler) {
        this.system = system;
        this.scheduler = scheduler;
    }

    @Override
    public void start(long run) {
        step = 0;
        repeating = run % 2 != 0;
        if (!repeating) {
            steps.clear();
            scheduler.start(run / 2);
        }
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        List<Long> words = Arrays.stream(state).boxed().toList();
        List<String> names = ActionNames.of(system, state, enabled);
        if (!repeating) {
            int pick = scheduler.pick(state, enabled);
            steps.add(new Step(words, names, pick));
            return pick;
        }
        if (step == steps.size()) {
            throw new NondeterminismException(step + 1, "the first run had ended, the second goes on with " + names);
        }
        Step first = steps.get(step++);
        if (!first.enabled.equals(names)) {
            throw new NondeterminismException(
                    step, "enabled in the first run: " + first.enabled + ", in the second: " + names);
        }
        if (!first.state.equals(words)) {
            throw new NondeterminismException(
                    step, "the state of the first run: " + first.state + ", of the second: " + words);
        }
        return first.pick;
    }

    @Override
    public void finish(Walk.End end) {
        if (repeating && step < steps.size()) {
            throw new NondeterminismException(
                    step + 1,
                    "the second run has ended (" + end + "), the first went on with " + steps.get(step).enabled);
        }
        if (!repeating) {
            scheduler.finish(end);
        }
    }
}
