// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;

/** Makes machines for the protocols that users name. */
public final class Machines {
    private Machines() {}

    /** The machine of a protocol in a scenario; complains if the one does not fit the other. */
    public static Machine of(CatalogEntry entry, Scenario scenario) {
        return UsageException.at(entry.fullName(), () -> new Machine(scenario, entry.record(scenario.setting())));
    }
}
