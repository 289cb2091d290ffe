// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;

/**
 * How a protocol is checked: by a search of all states, or by random runs.
 *
 * @param scheduler what picks runs
 * @param runs how many, if they are random
 * @param seed where they begin
 * @param minimized whether a violation that they find is to be minimised: a search finds short ones by itself
 */
public record Sampling(SchedulerKind scheduler, long runs, long seed, boolean minimized) {
    /** The most steps of a random run: enough for every shipped protocol to patch a few sites and for others to run on after it. */
    public static final int STEPS = 500;

    /** The ordering constraints of a bug that PCT looks for. */
    private static final int DEPTH = 4;

    Verdict check(Machine machine, CheckOptions options) {
        return switch (scheduler) {
            case EXHAUSTIVE -> Check.search(machine, options);
            case RANDOM -> sample(machine, options, new RandomScheduler(seed));
            case PCT -> sample(machine, options, new PctScheduler(machine, seed, DEPTH, STEPS));
        };
    }

    private Verdict sample(Machine machine, CheckOptions options, Scheduler picks) {
        return Check.sample(machine, options, picks, scheduler.text() + " scheduler, seed " + seed, runs, STEPS);
    }
}
