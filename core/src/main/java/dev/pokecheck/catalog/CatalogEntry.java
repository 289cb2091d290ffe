// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;

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

    /** Records it for a setting. */
    public Protocol record(Setting setting) {
        return Protocol.record(fullName(), setting, definition);
    }
}
