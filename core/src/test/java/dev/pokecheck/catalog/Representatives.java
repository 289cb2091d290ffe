// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The shipped protocols in two parts: one of each name, and all others. A rule that is to hold for every protocol is tried on the first part in each build,
 * and on the second in the profile {@code full}.
 */
public final class Representatives {
    /** Of these some variant does more than the first one listed. */
    private static final List<String> CHOSEN = List.of("text_poke_late@captured", "static_key@disable-in-use-v3");

    private Representatives() {}

    /** The full names of one protocol of each name: a chosen one, or else the first. */
    public static Stream<String> ofEachName() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (CatalogEntry entry : Catalog.all()) {
            byName.merge(entry.name(), entry.fullName(), (first, next) -> CHOSEN.contains(next) ? next : first);
        }
        return byName.values().stream();
    }

    /** The full names of all others. */
    public static Stream<String> others() {
        List<String> representatives = ofEachName().toList();
        return Catalog.all().stream().map(CatalogEntry::fullName).filter(name -> !representatives.contains(name));
    }
}
