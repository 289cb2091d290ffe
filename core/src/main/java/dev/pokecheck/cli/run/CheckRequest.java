// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Machine;
import java.util.List;
import java.util.Optional;

/**
 * A check that was asked for.
 *
 * @param protocol the protocol
 * @param parts one for each choice of sites
 * @param search what must hold, and how it is searched
 * @param hardware the hardware profile that was asked for
 * @param sites why there are these sites, where the protocol decides that
 */
public record CheckRequest(
        GivenProtocol protocol,
        List<Part> parts,
        SearchRequest search,
        Optional<HardwareProfile> hardware,
        Optional<String> sites) {

    /**
     * The protocol at some sites.
     *
     * @param choice the sites
     * @param machine the machine that patches them
     */
    public record Part(SiteChoice choice, Machine machine) {}

    /** Copies the list. */
    public CheckRequest {
        parts = List.copyOf(parts);
    }

    /** The protocol itself. */
    public CatalogEntry entry() {
        return protocol.entry();
    }

    /** The machine of the first part. */
    public Machine machine() {
        return parts.get(0).machine();
    }
}
