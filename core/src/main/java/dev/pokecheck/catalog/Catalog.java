// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All shipped protocols. */
public final class Catalog {
    /** What stands between a variant and each change of it, in names. */
    public static final char CHANGED_BY = '+';

    private static final Map<String, Supplier<Family>> FAMILIES = families();
    /**
     * The protocols that have a name and no row in tables of all: xen_livepatch is a rendezvous that times out, and patches no site but where it is to execute one. The
     * scenarios of the museum ask nothing of it.
     */
    private static final List<String> APART = List.of("xen_livepatch");
    /** Those that somebody has asked for. */
    private static final Map<String, Family> MADE = new TreeMap<>();

    private Catalog() {}

    private static Map<String, Supplier<Family>> families() {
        Map<String, Supplier<Family>> all = new LinkedHashMap<>();
        c(all, "naive");
        c(all, "stop_machine");
        c(all, "text_poke_bp_batch");
        c(all, "smp_text_poke_batch");
        c(all, "smp_text_poke_single");
        c(all, "ftrace_modify_all_code");
        c(all, "text_poke_late");
        c(all, "kprobe");
        c(all, "optprobe");
        c(all, "static_key");
        c(all, "membarrier");
        c(all, "text_poke_early");
        java(all, "hotspot_call", HotSpot::entries);
        java(all, "hotspot_entry", HotSpot::entries);
        java(all, "xray", XRay::entries);
        java(all, "wordpatch", WordPatch::entries);
        c(all, "xen_livepatch");
        return all;
    }

    /** A protocol in C. */
    private static void c(Map<String, Supplier<Family>> all, String name) {
        all.put(name, () -> CatalogFile.read(name));
    }

    /** A protocol of the Java builder. */
    private static void java(Map<String, Supplier<Family>> all, String name, Supplier<List<CatalogEntry>> entries) {
        all.put(name, () -> {
            List<CatalogEntry> of = entries.get().stream()
                    .filter(entry -> entry.name().equals(name))
                    .toList();
            return () -> of;
        });
    }

    private static Optional<Family> family(String name) {
        Supplier<Family> make = FAMILIES.get(name);
        synchronized (MADE) {
            return Optional.ofNullable(make).map(it -> MADE.computeIfAbsent(name, unknown -> it.get()));
        }
    }

    private static Family known(String name) {
        return family(name).orElseThrow();
    }

    /** Every entry, in the order in which they are listed. Those with changes that have no name of their own are not among them. */
    public static List<CatalogEntry> named() {
        return entries(name -> true);
    }

    /** Those entries that tables of all protocols have, in the same order. */
    public static List<CatalogEntry> all() {
        return entries(name -> !APART.contains(name));
    }

    private static List<CatalogEntry> entries(Predicate<String> which) {
        return FAMILIES.keySet().stream()
                .filter(which)
                .flatMap(name -> known(name).entries().stream())
                .collect(Collectors.toUnmodifiableList());
    }

    /** The protocols of the catalog that are files of C, each with what its lines {@code expect:} say, in the order in which they are listed. */
    public static Map<String, List<String>> files() {
        Map<String, List<String>> files = new LinkedHashMap<>();
        FAMILIES.keySet().forEach(name -> known(name).file().ifPresent(file -> files.put(name + ".c", file)));
        return Collections.unmodifiableMap(files);
    }

    /** What can be changed in the variants of a protocol, each by its name, in the order in which names list them; for most nothing. */
    public static List<CatalogChange> changes(String protocol) {
        return family(protocol).map(Family::changes).orElse(List.of());
    }

    /**
     * The entry with a full name, {@code name} or {@code name@variant} or {@code name@variant+change+change}. The entry's own name has the changes in
     * the order of {@link #changes}, and without those that the variant has already. Of other protocols nothing is read.
     */
    public static Optional<CatalogEntry> find(String fullName) {
        int changes = fullName.indexOf(CHANGED_BY);
        String unchanged = changes < 0 ? fullName : fullName.substring(0, changes);
        int at = unchanged.indexOf('@');
        String name = at < 0 ? unchanged : unchanged.substring(0, at);
        if (changes < 0) {
            return family(name)
                    .flatMap(family -> family.entries().stream()
                            .filter(entry -> entry.fullName().equals(fullName))
                            .findFirst());
        }
        Collection<String> names = Arrays.asList(fullName.substring(changes + 1).split("\\+", -1));
        return at < 0
                ? Optional.empty()
                : family(name).flatMap(family -> family.changed(unchanged.substring(at + 1), names));
    }
}
