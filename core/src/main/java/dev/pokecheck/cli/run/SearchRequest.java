// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.checkpoint.Checkpoints;
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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold, and how it is searched.
 *
 * @param level the level that was asked for, if any
 * @param only the properties that alone are looked for; empty for all
 * @param all whether to go on at a violation
 * @param allDeadlocks whether to sort all deadlocks
 * @param order which state is expanded next
 * @param sampling whether all states are searched, or random runs made
 * @param maxStates the most states to keep
 * @param maxSeconds the most time to take
 */
public record SearchRequest(
        Optional<Level> level,
        List<Property> only,
        boolean all,
        boolean allDeadlocks,
        Order order,
        Sampling sampling,
        OptionalInt maxStates,
        OptionalLong maxSeconds) {

    /** Copies the list. */
    public SearchRequest {
        only = List.copyOf(only);
    }

    /** The level that must hold: the one asked for, or the weakest that forbids all that is looked for, if that was chosen. */
    public Optional<Level> required() {
        return level.isPresent() ? level : only.stream().map(Property::from).max(Comparator.naturalOrder());
    }

    /** The level that must hold in any case: what it forbids fails the check. */
    public Level demanded() {
        return required().orElse(Level.SAFE);
    }

    /** Whether a property is one that is demanded, by its name or by a level that forbids its violation. */
    public boolean demands(Property property) {
        return only.isEmpty() ? property.forbiddenAt(demanded()) : only.contains(property);
    }

    /** What is looked for. */
    public Set<Property> properties() {
        Set<Property> chosen = EnumSet.noneOf(Property.class);
        chosen.addAll(only.isEmpty() ? Property.searched() : only);
        return chosen;
    }

    /** The level that the machine must watch for. */
    public Level watched() {
        return required().orElse(Level.GROUP);
    }

    /** Whether random runs are made instead of a search. */
    public boolean isSampled() {
        return sampling.scheduler() != SchedulerKind.EXHAUSTIVE;
    }

    /** What is demanded and how it is searched, without bounds: two searches of one machine for which this is equal visit the same states. */
    public String identity() {
        return "level " + required().map(Level::text).orElse("safe, and the strongest") + "; properties "
                + properties().stream().map(Property::text).collect(Collectors.joining(","))
                + (allDeadlocks ? "; all deadlocks; " : all ? "; all; " : "; up to the first; ") + order.name();
    }

    /**
     * The options of a check that begins now.
     *
     * @param spentNanos how much of its time was spent before
     */
    CheckOptions options(ProgressListener progress, Checkpoints checkpoints, long spentNanos) {
        SearchOptions search = SearchOptions.defaults()
                .order(order)
                .maxStates(maxStates.orElse(SearchOptions.UNBOUNDED))
                .progress(progress)
                .checkpoints(checkpoints);
        return new CheckOptions(
                required(),
                level.isPresent(),
                properties(),
                all,
                allDeadlocks,
                maxSeconds.isEmpty() ? search : search.budget(new TimeLimit(maxSeconds.getAsLong(), spentNanos)));
    }
}
