// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import dev.pokecheck.source.token.Token;
import java.util.List;

/** What an object is initialised with. */
public sealed interface Initializer {
    /** Where it is. */
    Token at();

    /** One value. */
    record Value(CExpr value) implements Initializer {
        @Override
        public Token at() {
            return value.at();
        }
    }

    /** A list in braces. */
    record Braces(Token at, List<Item> items) implements Initializer {
        /** Copies the list. */
        public Braces {
            items = List.copyOf(items);
        }
    }

    /**
     * One of a list.
     *
     * @param designators the way to what it is for; none if it is for what comes next
     */
    record Item(List<Designator> designators, Initializer value) {
        /** Copies the list. */
        public Item {
            designators = List.copyOf(designators);
        }
    }

    /** A step of the way into an object. */
    sealed interface Designator {
        /** {@code .name}. */
        record Field(Token name) implements Designator {}

        /** {@code [first]}, or {@code [first ... last]}. */
        record Element(Token at, int first, int last) implements Designator {}
    }
}
