// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.text.Site;

/**
 * A shipped protocol.
 *
 * @param name its name
 * @param variant the name of the variant, empty for the protocol itself
 * @param source where it comes from
 * @param summary what it is, in one sentence
 * @param usualSites what it patches unless its user says otherwise, as a scenario has it: {@code nop5->probe->nop5}
 * @param definition how it is recorded; throws {@link IllegalArgumentException} for sites that it is not for
 */
public record CatalogEntry(
        String name, String variant, String source, String summary, String usualSites, Protocol.Definition definition) {
    /** What a protocol patches that is for all kinds of sites. */
    public static final String COMMON_SITES = "nop5->jmp32";

    /** Where the files of those that are in C lie among the resources. */
    public static final String FOLDER = "dev/pokecheck/catalog";

    /** A protocol that is for all kinds of sites. */
    public CatalogEntry(String name, String variant, String source, String summary, Protocol.Definition definition) {
        this(name, variant, source, summary, COMMON_SITES, definition);
    }

    /** Whether it is for sites of its own. */
    public boolean hasOwnSites() {
        return !usualSites.equals(COMMON_SITES);
    }

    /** {@code name} or {@code name@variant}. */
    public String fullName() {
        return variant.isEmpty() ? name : name + "@" + variant;
    }

    /**
     * Records it for a setting.
     *
     * @throws IllegalArgumentException if the sites differ in their number of versions: shipped protocols bring all of them from version to
     *     version together
     */
    public Protocol record(Setting setting) {
        for (Site site : setting.sites()) {
            if (site.versions() != setting.versions()) {
                throw new IllegalArgumentException(
                        site.name() + " has " + site.versions() + " versions and another site " + setting.versions()
                                + "; all sites must have as many: write a version twice where nothing changes");
            }
        }
        return definition instanceof Recorded file
                ? file.protocol(fullName(), setting)
                : Protocol.record(fullName(), setting, definition);
    }

    /**
     * What tells entries apart for a setting, but their names: two that have the same are recorded as the same. Of a C file it is what its macros leave, for which it need not be
     * recorded.
     */
    public String program(Setting setting) {
        return definition instanceof Recorded file
                ? file.file().preprocessed(setting)
                : CPrinter.print(Protocol.record(name, setting, definition));
    }
}
