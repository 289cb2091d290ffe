// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a check demands, and how it searches.
 *
 * @param required the level whose violations fail the check; without one, those of {@link Level#SAFE} do, and the strongest level that holds is
 *     looked for
 * @param demanded whether that level is what was asked for, so that somebody has to execute a site for the answer to mean anything
 * @param properties what is looked for; what else goes wrong only cuts runs off
 * @param all whether to go on at a violation, behind which the search does not look, and to report the first of each property
 * @param allDeadlocks whether to sort all deadlocks by where each CPU stands; takes {@code all}
 * @param search the order, storage and bounds of the search; incidents, dead ends and stuck states are set by the check
 */
public record CheckOptions(
        Optional<Level> required,
        boolean demanded,
        Set<Property> properties,
        boolean all,
        boolean allDeadlocks,
        SearchOptions search) {

    /** Copies the set. */
    public CheckOptions {
        EnumSet<Property> copy = EnumSet.noneOf(Property.class);
        copy.addAll(properties);
        copy.removeIf(property -> !property.isSearched());
        properties = Collections.unmodifiableSet(copy);
    }

    /** Looks for everything and for the strongest level, breadth first, and stops at the first violation. */
    public static CheckOptions defaults() {
        return new CheckOptions(
                Optional.empty(), false, EnumSet.allOf(Property.class), false, false, SearchOptions.defaults());
    }

    /** With a level that is asked for. */
    public CheckOptions require(Level level) {
        return new CheckOptions(Optional.of(level), true, properties, all, allDeadlocks, search);
    }

    /** Failing by what violates a level, which is not asked for as such. */
    public CheckOptions failAt(Level level) {
        return new CheckOptions(Optional.of(level), false, properties, all, allDeadlocks, search);
    }

    /** With other properties. */
    public CheckOptions lookFor(Set<Property> value) {
        return new CheckOptions(required, demanded, value, all, allDeadlocks, search);
    }

    /** Without a property. */
    CheckOptions without(Property property) {
        EnumSet<Property> others = EnumSet.noneOf(Property.class);
        others.addAll(properties);
        others.remove(property);
        return lookFor(others);
    }

    /** Going on at violations, or not. */
    public CheckOptions all(boolean value) {
        return new CheckOptions(required, demanded, properties, value, allDeadlocks, search);
    }

    /** Sorting all deadlocks, and going on at violations for that. */
    public CheckOptions sortDeadlocks() {
        return new CheckOptions(required, demanded, properties, true, true, search);
    }

    /** With other bounds. */
    public CheckOptions search(SearchOptions value) {
        return new CheckOptions(required, demanded, properties, all, allDeadlocks, value);
    }

    /** Whether a level is asked for that says something of executions. */
    boolean promisesExecutions() {
        return demanded && required.filter(level -> level.contains(Level.SAFE)).isPresent();
    }

    /** The properties without which the level that is asked for would not be shown; none if none is. */
    Set<Property> decisive() {
        return required.filter(level -> demanded).map(Level::decisive).orElseGet(() -> EnumSet.noneOf(Property.class));
    }

    /** Whether a violation of a property fails the check. */
    boolean isFatal(Property property) {
        return properties.contains(property) && property.forbiddenAt(required.orElse(Level.SAFE));
    }

    /** The incidents that fail the check. */
    long fatalIncidents() {
        return properties.stream()
                .filter(this::isFatal)
                .mapToLong(Property::bits)
                .reduce(0, (a, b) -> a | b);
    }
}
