// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A protocol with all its variants. */
@FunctionalInterface
interface Family {
    /** It, and its variants. */
    List<CatalogEntry> entries();

    /** What the file of C in which it stands expects, line by line; empty if it stands in none. */
    default Optional<List<String>> file() {
        return Optional.empty();
    }

    /** What can be changed in each, in the order in which names list it. */
    default List<CatalogChange> changes() {
        return List.of();
    }

    /** A variant with changes by their names, those that it has not already; empty if there is no such variant or change. */
    default Optional<CatalogEntry> changed(String variant, Collection<String> names) {
        return Optional.empty();
    }
}
