// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

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

    /** The same with their numbers, from 0 on, for tests that try each on some cases in turn. */
    public static Stream<Arguments> numbered() {
        List<String> names = ofEachName().toList();
        return IntStream.range(0, names.size()).mapToObj(number -> Arguments.of(names.get(number), number));
    }

    /** The full names of all that are shipped. */
    public static Stream<String> all() {
        return Catalog.all().stream().map(CatalogEntry::fullName);
    }

    /** The full names of all others. */
    public static Stream<String> others() {
        List<String> representatives = ofEachName().toList();
        return all().filter(name -> !representatives.contains(name));
    }
}
