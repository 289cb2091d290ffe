// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.explore.search.Order;
import dev.pokecheck.explore.search.ProgressListener;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must hold, and how it is searched. */
final class SearchFlags {
    /** How a run is picked. */
    enum SchedulerKind {
        EXHAUSTIVE("exhaustive"),
        RANDOM("random"),
        PCT("pct");

        private final String text;

        SchedulerKind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "The level that must hold: none, safe, regular, atomic, group. Without it, safe must, and the"
                    + " strongest that holds is looked for; the search is smaller with it.")
    private @Nullable String level;

    @Option(
            names = "--property",
            paramLabel = "P",
            split = ",",
            description =
                    "Look only for these: torn, mid-instruction, stale, backwards, group, unhandled-int3, lost-call,"
                            + " wrong-target, corrupt-frame, deadlock, livelock, bug, lost-patch.")
    private @Nullable List<String> properties;

    @Option(names = "--all", description = "Go on at a violation, and report the first of each property.")
    private boolean all;

    @Option(
            names = "--order",
            paramLabel = "bfs|dfs",
            defaultValue = "bfs",
            description = "Breadth first (shortest schedules) or depth first. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String order;

    @Option(names = "--max-states", paramLabel = "N", description = "Keep at most so many states. Default: no bound.")
    private @Nullable Long maxStates;

    @Option(names = "--max-seconds", paramLabel = "S", description = "Stop after so many seconds. Default: no bound.")
    private @Nullable Long maxSeconds;

    @Option(
            names = "--scheduler",
            paramLabel = "exhaustive|random|pct",
            defaultValue = "exhaustive",
            description = "Search all states, or make random runs. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String scheduler;

    @Option(names = "--runs", paramLabel = "N", description = "Random runs to make. Default: 10000.")
    private @Nullable Long runs;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of random runs. Default: 1.")
    private @Nullable Long seed;

    @Option(names = "--no-minimize", description = "Leave the schedule that a random run has found as long as it is.")
    private boolean noMinimize;

    /** Complains about what does not go together, before anything long begins. */
    void validate() {
        required();
        properties();
        order();
        positive("--max-states", maxStates);
        positive("--max-seconds", maxSeconds);
        positive("--runs", runs);
        if (maxStates != null && maxStates > SearchOptions.UNBOUNDED) {
            throw new UsageException("--max-states: at most " + SearchOptions.UNBOUNDED + " states can be numbered");
        }
        if (!isSampled() && (runs != null || seed != null || noMinimize)) {
            throw new UsageException("--runs, --seed and --no-minimize need --scheduler random or --scheduler pct");
        }
        if (isSampled() && (all || properties != null || maxStates != null)) {
            throw new UsageException("--all, --property and --max-states need --scheduler exhaustive");
        }
    }

    private static void positive(String option, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new UsageException(
                    option + ": " + value + " is not a bound; give at least 1, or leave the option out");
        }
    }

    /** The level that must hold: the one asked for, or the weakest that forbids all that is looked for, if that was chosen. */
    private Optional<Level> required() {
        if (level != null) {
            String name = level;
            return Optional.of(
                    UsageException.at("--level", () -> Choice.of("level", name, Level.values(), Level::text)));
        }
        return properties == null
                ? Optional.empty()
                : properties().stream().map(Property::from).max(Comparator.naturalOrder());
    }

    private Set<Property> properties() {
        Property[] searched =
                Stream.of(Property.values()).filter(Property::isSearched).toArray(Property[]::new);
        Set<Property> chosen = EnumSet.noneOf(Property.class);
        if (properties == null) {
            chosen.addAll(List.of(searched));
            return chosen;
        }
        for (String name : properties) {
            chosen.add(UsageException.at("--property", () -> Choice.of("property", name, searched, Property::text)));
        }
        return chosen;
    }

    /** The level that the machine must watch for. */
    Level watched() {
        return required().orElse(Level.GROUP);
    }

    private Order order() {
        return UsageException.at(
                "--order",
                () -> Choice.of("order", order, Order.values(), o -> o == Order.BREADTH_FIRST ? "bfs" : "dfs"));
    }

    SchedulerKind scheduler() {
        return UsageException.at(
                "--scheduler", () -> Choice.of("scheduler", scheduler, SchedulerKind.values(), SchedulerKind::text));
    }

    boolean isSampled() {
        return scheduler() != SchedulerKind.EXHAUSTIVE;
    }

    /** Whether a violation is to be minimised: a search finds short ones by itself. */
    boolean isMinimized() {
        return isSampled() && !noMinimize;
    }

    long runs() {
        return runs == null ? 10_000 : runs;
    }

    long seed() {
        return seed == null ? 1 : seed;
    }

    /** What is demanded and how it is searched, without bounds: two searches of one machine for which this is equal visit the same states. */
    String identity() {
        return "level " + required().map(Level::text).orElse("safe, and the strongest") + "; properties "
                + properties().stream().map(Property::text).collect(Collectors.joining(","))
                + (all ? "; all; " : "; up to the first; ") + order().name();
    }

    /**
     * The options of a check that begins now.
     *
     * @param spentNanos how much of its time was spent before
     */
    CheckOptions options(ProgressListener progress, Checkpoints checkpoints, long spentNanos) {
        SearchOptions search = SearchOptions.defaults()
                .order(order())
                .maxStates(maxStates == null ? SearchOptions.UNBOUNDED : Math.toIntExact(maxStates))
                .progress(progress)
                .checkpoints(checkpoints);
        return new CheckOptions(
                required(),
                properties(),
                all,
                maxSeconds == null ? search : search.budget(new TimeLimit(maxSeconds, spentNanos)));
    }

    /** What is demanded and what bounds it, for the head of a report. */
    List<String> describe() {
        String demanded = required()
                .map(wanted -> "level " + wanted.text() + ": " + wanted.meaning())
                .orElse("level safe, and the strongest level that holds");
        if (properties != null) {
            demanded = "only " + String.join(", ", properties);
        }
        if (isSampled()) {
            return List.of(
                    "demanded   " + demanded,
                    "bounds     " + runs() + " " + scheduler().text() + " runs of at most " + Runs.STEPS
                            + " steps, seed " + seed() + (maxSeconds == null ? "" : "; " + maxSeconds + " seconds"));
        }
        String bounds = maxStates == null && maxSeconds == null ? "none: searches to the end" : "";
        bounds += maxStates == null ? "" : maxStates + " states";
        bounds += maxSeconds == null ? "" : (maxStates == null ? "" : ", ") + maxSeconds + " seconds";
        return List.of(
                "demanded   " + demanded,
                "bounds     " + bounds + "; "
                        + (order() == Order.BREADTH_FIRST ? "breadth first" : "depth first")
                        + (all ? ", the first violation of each property" : ", up to the first violation"));
    }
}
