// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.Arrays;
import java.util.List;

/** What an entry of the corpus expects. */
public sealed interface Expectation {
    /** It as it stands in a file. */
    String text();

    /** The weakest level whose watch shows whether it is so. */
    Level level();

    /**
     * The schedule violates a property.
     *
     * @param property the property
     */
    record Violated(Property property) implements Expectation {
        @Override
        public String text() {
            return "violated " + property.text();
        }

        @Override
        public Level level() {
            return property.from();
        }
    }

    /**
     * A level holds: of the schedule if there is one, else of all.
     *
     * @param level the level
     */
    record Holds(Level level) implements Expectation {
        @Override
        public String text() {
            return "holds " + level.text();
        }
    }

    /**
     * Reads an expectation.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static Expectation parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        if (words.size() != 2) {
            throw new IllegalArgumentException("\"" + text + "\" is not \"violated PROPERTY\" or \"holds LEVEL\"");
        }
        String outcome = words.get(0);
        String what = words.get(1);
        return switch (outcome) {
            case "violated" -> new Violated(Choice.of("property", what, searched(), Property::text));
            case "holds" -> new Holds(Choice.of("level", what, Level.values(), Level::text));
            default -> throw Choice.unknown("outcome", outcome, List.of("violated", "holds"));
        };
    }

    private static Property[] searched() {
        return Arrays.stream(Property.values()).filter(Property::isSearched).toArray(Property[]::new);
    }
}
