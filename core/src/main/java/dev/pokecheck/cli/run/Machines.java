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
        try {
            Machine machine = new Machine(scenario, entry.record(scenario.setting()));
            machine.initial(new long[machine.words()]);
            return machine;
        } catch (IllegalArgumentException e) {
            throw new UsageException(entry.fullName() + ": " + e.getMessage());
        }
    }
}
