// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.TableRoom;

/** Machines whose tables are soon full. */
public final class SmallTables {
    /** So many bytes that numbers alone count. */
    private static final long BYTES = 1 << 24;

    private static final int FETCHES = 1 << 12;

    private SmallTables() {}

    /** A machine with room for so many fetch histories of each site. */
    public static Machine histories(Scenario scenario, Protocol protocol, int histories) {
        return new Machine(scenario, protocol, new TableRoom(histories, FETCHES, BYTES));
    }

    /** A machine with room for so many fetched instructions of each site. */
    public static Machine fetches(Scenario scenario, Protocol protocol, int fetches) {
        return new Machine(scenario, protocol, new TableRoom(1 << 12, fetches, BYTES));
    }

    /** How many fetch histories of the first site a machine has met so far. */
    public static int met(Machine machine) {
        return machine.model().views[0].size();
    }

    /** The bits in which a machine keeps the view of a site. */
    public static int bits(Machine machine, int site) {
        return machine.model().layout.cpu.views[site].bits();
    }
}
