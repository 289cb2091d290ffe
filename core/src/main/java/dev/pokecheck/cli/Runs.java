// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.Check;
import dev.pokecheck.explore.CheckOptions;
import dev.pokecheck.explore.ProgressListener;
import dev.pokecheck.explore.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import java.util.function.Supplier;

/** Makes checks. */
final class Runs {
    /** The most steps of a random run: enough for every shipped protocol to patch a few sites and for others to run on after it. */
    static final int STEPS = 500;

    /** The ordering constraints of a bug that PCT looks for. */
    private static final int DEPTH = 4;

    private final SearchFlags flags;
    private final Supplier<ProgressListener> progress;

    Runs(SearchFlags flags, Supplier<ProgressListener> progress) {
        this.flags = flags;
        this.progress = progress;
    }

    /** The machine of a protocol in a scenario. */
    static Machine machine(CatalogEntry entry, Scenario scenario) {
        return UsageException.at(entry.fullName(), () -> new Machine(scenario, entry.record(scenario.setting())));
    }

    Run make(SiteChoice choice, CatalogEntry entry, Machine machine) {
        long start = System.nanoTime();
        Verdict verdict = verdict(machine, flags.options(progress.get()));
        if (flags.isMinimized()) {
            verdict = Minimizing.minimized(entry, machine, verdict);
        }
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
