// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

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
 * @param definition how it is recorded
 */
public record CatalogEntry(String name, String variant, String source, String summary, Protocol.Definition definition) {
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
        return Protocol.record(fullName(), setting, definition);
    }
}
