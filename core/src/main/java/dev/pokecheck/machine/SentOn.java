// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.text.Site;

/**
 * Sends the suspended thread of a CPU on, and judges it: what it has executed so far must be what comes before the place at which it goes on, in the
 * site or in a copy of it.
 */
final class SentOn {
    private final MachineTables tables;
    private final CpuLayout cpu;
    private final Places places;
    private final StepLog log;
    private final SiteExecution execution;

    SentOn(Hardware hw) {
        tables = hw.tables;
        cpu = tables.cpu;
        places = tables.places;
        log = hw.log;
        execution = hw.execution;
    }

    /** The place in a site at which the thread of a CPU will go on; 0 if it has executed nothing of one, or is in a function called from there. */
    int address(long[] state, int base) {
        int place = cpu.place.getInt(state, cpu.frame(base, 0));
        return place < places.firstFunction() ? place : 0;
    }

    /** The thread of a CPU will go on at a place. */
    void at(long[] state, int base, int place) {
        int frame = cpu.frame(base, 0);
        int from = address(state, base);
        if (place < 0 || place >= places.firstFunction()) {
            log.incident(Incident.RANGE);
        } else if (place != from) {
            log.reach(Reached.EMULATED);
            execution.goOnAt(state, base, frame, place, equivalent(state, frame, from, place), Incident.WRONG_TARGET);
        }
    }

    /** The versions, as bits, of which the same is left to execute at both places. */
    private int equivalent(long[] state, int frame, int from, int to) {
        int s = tables.siteAt(state, frame, from);
        if (s < 0) {
            return 0;
        }
        int returnTo = cpu.returnTo.getInt(state, frame);
        int same = tables.copies.match(from, to);
        if (s != tables.executed(state, frame)) {
            // In a copy, whatever its instruction does is right for the version that is copied.
            return leads(s, 0, from, to, returnTo) ? -1 : same;
        }
        for (int v = 0; v < tables.sites[s].versions(); v++) {
            same |= leads(s, v, from, to, returnTo) ? 1 << v : 0;
        }
        return same;
    }

    /** Whether the instruction of a version at a place does nothing but lead to another. */
    private boolean leads(int s, int version, int from, int to, int returnTo) {
        Site site = tables.sites[s];
        int offset = places.offset(from, s);
        return offset < site.length()
                && site.isBoundary(version, offset)
                && tables.functions.didIt(site, offset, site.instruction(version, offset), to, returnTo);
    }
}
