// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.ShownBy;
import java.util.List;
import java.util.OptionalInt;

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
     * @param loop of a livelock, how many steps of the schedule lead to the loop that the others are; empty for all other properties
     */
    record Violated(Property property, OptionalInt loop) implements Expectation {
        /**
         * Checks that a livelock has a loop and nothing else has.
         *
         * @throws IllegalArgumentException if not
         */
        public Violated {
            if (loop.isPresent() != (property.shownBy() == ShownBy.LOOP)) {
                throw new IllegalArgumentException(
                        loop.isPresent()
                                ? property.text() + " has no loop; take the line \"loop:\" out"
                                : "a livelock has a loop; mark its first step with a line \"  loop:\" before it");
            }
        }

        /** The schedule violates a property that is no livelock. */
        public Violated(Property property) {
            this(property, OptionalInt.empty());
        }

        /** The schedule is a livelock whose loop begins behind so many steps. */
        public static Violated livelock(int from) {
            return new Violated(Property.LIVELOCK, OptionalInt.of(from));
        }

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
     * @param loop how many steps of the schedule stand before the loop, if one is marked
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static Expectation parse(String text, OptionalInt loop) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        if (words.size() != 2) {
            throw new IllegalArgumentException("\"" + text + "\" is not \"violated PROPERTY\" or \"holds LEVEL\"");
        }
        String outcome = words.get(0);
        String what = words.get(1);
        if (loop.isPresent() && !outcome.equals("violated")) {
            throw new IllegalArgumentException("only a livelock has a loop; take the line \"loop:\" out");
        }
        return switch (outcome) {
            case "violated" -> new Violated(Choice.of("property", what, searched(), Property::text), loop);
            case "holds" -> new Holds(Choice.of("level", what, Level.values(), Level::text));
            default -> throw Choice.unknown("outcome", outcome, List.of("violated", "holds"));
        };
    }

    private static Property[] searched() {
        return Property.searched().toArray(Property[]::new);
    }
}
