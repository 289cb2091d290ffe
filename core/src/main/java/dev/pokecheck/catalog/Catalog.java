// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All shipped protocols. */
public final class Catalog {
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

    /** Every entry, in the order in which they are listed. */
    public static List<CatalogEntry> all() {
        return ENTRIES;
    }

    /** The entry with a full name, {@code name} or {@code name@variant}. */
    public static Optional<CatalogEntry> find(String fullName) {
        return ENTRIES.stream()
                .filter(entry -> entry.fullName().equals(fullName))
                .findFirst();
    }
}
