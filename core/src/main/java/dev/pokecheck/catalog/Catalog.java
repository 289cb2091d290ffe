// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All shipped protocols. */
public final class Catalog {
    /** What stands between a variant and each change of it, in names. */
    public static final char CHANGED_BY = '+';

    private static final List<CatalogEntry> ENTRIES = entries();

    private Catalog() {}

    private static List<CatalogEntry> entries() {
        List<CatalogEntry> all = new ArrayList<>();
        all.addAll(Naive.entries());
        all.addAll(StopMachinePatching.entries());
        all.addAll(TextPokeBpBatch.entries());
        all.addAll(SmpTextPokeBatch.entries());
        all.addAll(FtraceModifyAllCode.entries());
        all.addAll(TextPokeLate.entries());
        all.addAll(Kprobe.entries());
        all.addAll(OptimizedKprobe.entries());
        all.addAll(StaticKey.entries());
        all.addAll(Membarrier.entries());
        all.addAll(TextPokeEarly.entries());
        all.addAll(HotSpot.entries());
        all.addAll(XRay.entries());
        all.addAll(WordPatch.entries());
        return List.copyOf(all);
    }

    /** Every entry, in the order in which they are listed. Those with changes that have no name of their own are not among them. */
    public static List<CatalogEntry> all() {
        return ENTRIES;
    }

    /** What can be changed in the variants of a protocol, each by its name, in the order in which names list them; for most nothing. */
    public static List<CatalogChange> changes(String protocol) {
        return protocol.equals(TextPokeLate.NAME) ? TextPokeLate.changes() : List.of();
    }

    /**
     * The entry with a full name, {@code name} or {@code name@variant} or {@code name@variant+change+change}. The entry's own name has the changes in
     * the order of {@link #changes}, and without those that the variant has already.
     */
    public static Optional<CatalogEntry> find(String fullName) {
        Optional<CatalogEntry> listed = ENTRIES.stream()
                .filter(entry -> entry.fullName().equals(fullName))
                .findFirst();
        return listed.isPresent() ? listed : changed(fullName);
    }

    private static Optional<CatalogEntry> changed(String fullName) {
        int changes = fullName.indexOf(CHANGED_BY);
        String prefix = TextPokeLate.NAME + "@";
        if (changes < 0 || !fullName.startsWith(prefix) || changes < prefix.length()) {
            return Optional.empty();
        }
        return TextPokeLate.changed(
                fullName.substring(prefix.length(), changes),
                Arrays.asList(fullName.substring(changes + 1).split("\\+", -1)));
    }
}
