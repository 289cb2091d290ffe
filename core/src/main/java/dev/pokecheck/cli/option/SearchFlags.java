// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.Sampling;
import dev.pokecheck.cli.run.SchedulerKind;
import dev.pokecheck.cli.run.SearchRequest;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.explore.search.Order;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must hold, and how it is searched. */
@About(Subject.SEARCH)
final class SearchFlags {
    private static final long RUNS = 10_000;
    private static final long SEED = 1;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            converter = ByName.OfLevel.class,
            completionCandidates = ByName.OfLevel.class,
            description = "The level that must hold: ${COMPLETION-CANDIDATES}. Without it, safe must, and the"
                    + " strongest that holds is looked for; the search is smaller with it.")
    private @Nullable Level level;

    @Option(
            names = "--property",
            paramLabel = "P",
            split = ",",
            converter = ByName.OfProperty.class,
            completionCandidates = ByName.OfProperty.class,
            description = "Look only for these: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<Property> properties;

    @Option(names = "--all", description = "Go on at a violation, and report the first of each property.")
    private boolean all;

    @Option(
            names = "--all-deadlocks",
            description =
                    "Go on at a violation, and report all deadlocks, sorted by where each CPU stands: how many states, and the"
                            + " shortest way to one.")
    private boolean allDeadlocks;

    @Option(
            names = "--order",
            paramLabel = "bfs|dfs",
            defaultValue = "bfs",
            converter = ByName.OfOrder.class,
            description = "Breadth first (shortest schedules) or depth first. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Order order;

    @About(Subject.BOUND)
    @Option(names = "--max-states", paramLabel = "N", description = "Keep at most so many states. Default: no bound.")
    private @Nullable Long maxStates;

    @About(Subject.BOUND)
    @Option(names = "--max-seconds", paramLabel = "S", description = "Stop after so many seconds. Default: no bound.")
    private @Nullable Long maxSeconds;

    @Option(
            names = "--scheduler",
            paramLabel = "exhaustive|random|pct",
            defaultValue = "exhaustive",
            converter = ByName.OfScheduler.class,
            description = "Search all states, or make random runs. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private SchedulerKind scheduler;

    @Option(names = "--runs", paramLabel = "N", description = "Random runs to make. Default: 10000.")
    private @Nullable Long runs;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of random runs. Default: 1.")
    private @Nullable Long seed;

    @Option(names = "--no-minimize", description = "Leave the schedule that a random run has found as long as it is.")
    private boolean noMinimize;

    /** What they ask for. Rejects incompatible options before the search starts. */
    SearchRequest request() {
        validate();
        boolean sampled = scheduler != SchedulerKind.EXHAUSTIVE;
        return new SearchRequest(
                Optional.ofNullable(level),
                properties == null ? List.of() : properties,
                all || allDeadlocks,
                allDeadlocks,
                order,
                new Sampling(scheduler, runs == null ? RUNS : runs, seed == null ? SEED : seed, sampled && !noMinimize),
                maxStates == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(maxStates)),
                maxSeconds == null ? OptionalLong.empty() : OptionalLong.of(maxSeconds));
    }

    private void validate() {
        positive("--max-states", maxStates);
        positive("--max-seconds", maxSeconds);
        positive("--runs", runs);
        if (maxStates != null && maxStates > SearchOptions.UNBOUNDED) {
            throw new UsageException("--max-states: at most " + SearchOptions.UNBOUNDED + " states can be numbered");
        }
        if (scheduler == SchedulerKind.EXHAUSTIVE && (runs != null || seed != null || noMinimize)) {
            throw new UsageException("--runs, --seed and --no-minimize need --scheduler random or --scheduler pct");
        }
        if (scheduler != SchedulerKind.EXHAUSTIVE && (all || allDeadlocks || properties != null || maxStates != null)) {
            throw new UsageException("--all, --all-deadlocks, --property and --max-states need --scheduler exhaustive");
        }
        if (allDeadlocks && properties != null && !properties.contains(Property.DEADLOCK)) {
            throw new UsageException("--all-deadlocks: deadlocks are not looked for; add deadlock to --property");
        }
    }

    private static void positive(String option, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new UsageException(
                    option + ": " + value + " is not a bound; give at least 1, or leave the option out");
        }
    }
}
