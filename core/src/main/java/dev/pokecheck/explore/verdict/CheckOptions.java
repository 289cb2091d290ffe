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
 * @param required the level that must hold; without one, {@link Level#SAFE} must, and the strongest that holds is looked for
 * @param properties what is looked for; what else goes wrong only cuts runs off
 * @param all whether to go on at a violation, behind which the search does not look, and to report the first of each property
 * @param search the order, storage and bounds of the search; incidents, dead ends and stuck states are set by the check
 */
public record CheckOptions(Optional<Level> required, Set<Property> properties, boolean all, SearchOptions search) {

    /** Copies the set. */
    public CheckOptions {
        EnumSet<Property> copy = EnumSet.noneOf(Property.class);
        copy.addAll(properties);
        copy.removeIf(property -> !property.isSearched());
        properties = Collections.unmodifiableSet(copy);
    }

    /** Looks for everything and for the strongest level, breadth first, and stops at the first violation. */
    public static CheckOptions defaults() {
        return new CheckOptions(Optional.empty(), EnumSet.allOf(Property.class), false, SearchOptions.defaults());
    }

    /** With a required level. */
    public CheckOptions require(Level level) {
        return new CheckOptions(Optional.of(level), properties, all, search);
    }

    /** With other properties. */
    public CheckOptions lookFor(Set<Property> value) {
        return new CheckOptions(required, value, all, search);
    }

    /** Going on at violations, or not. */
    public CheckOptions all(boolean value) {
        return new CheckOptions(required, properties, value, search);
    }

    /** With other bounds. */
    public CheckOptions search(SearchOptions value) {
        return new CheckOptions(required, properties, all, value);
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
