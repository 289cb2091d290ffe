// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/** Makes checks. */
final class Runs {
    /** The most steps of a random run: enough for every shipped protocol to patch a few sites and for others to run on after it. */
    static final int STEPS = 500;

    /** The ordering constraints of a bug that PCT looks for. */
    private static final int DEPTH = 4;

    private final SearchFlags flags;
    private final Progress progress;
    private final @Nullable Checkpointing checkpoints;

    /** Makes checks as the flags say; with checkpoints, one exhaustive one. */
    Runs(SearchFlags flags, Progress progress, @Nullable Checkpointing checkpoints) {
        this.flags = flags;
        this.progress = progress;
        this.checkpoints = checkpoints;
    }

    /** The machine of a protocol in a scenario. */
    static Machine machine(CatalogEntry entry, Scenario scenario) {
        return UsageException.at(entry.fullName(), () -> new Machine(scenario, entry.record(scenario.setting())));
    }

    Run make(SiteChoice choice, CatalogEntry entry, Machine machine) {
        long spent = checkpoints == null ? 0 : checkpoints.formerNanos();
        long start = System.nanoTime() - spent;
        progress.goOnFrom(spent);
        Verdict verdict = verdict(
                machine,
                flags.options(
                        progress.search(choice.name()), checkpoints == null ? Checkpoints.NONE : checkpoints, spent));
        if (flags.isMinimized()) {
            verdict = Minimizing.minimized(entry, machine, verdict, progress);
        }
        progress.partDone();
        return new Run(choice, entry, machine, verdict, (System.nanoTime() - start) / 1e9);
    }

    private Verdict verdict(Machine machine, CheckOptions options) {
        return switch (flags.scheduler()) {
            case EXHAUSTIVE -> Check.search(machine, options);
            case RANDOM -> sample(machine, options, new RandomScheduler(flags.seed()));
            case PCT -> sample(machine, options, new PctScheduler(machine, flags.seed(), DEPTH, STEPS));
        };
    }

    private Verdict sample(Machine machine, CheckOptions options, Scheduler scheduler) {
        String how = flags.scheduler().text() + " scheduler, seed " + flags.seed();
        return Check.sample(machine, options, scheduler, how, flags.runs(), STEPS);
    }
}
