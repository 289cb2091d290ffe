// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.text.Site;

/** Which CPUs have not serialized since the last store to a site, though they need to; only where a postcondition asks. */
final class Unserialized {
    private final Layout layout;
    private final CpuLayout cpu;
    private final TextPieces pieces;
    private final Site[] sites;
    private final int cells;
    private final boolean tso;

    Unserialized(MachineTables tables) {
        layout = tables.layout;
        cpu = tables.cpu;
        pieces = tables.pieces;
        sites = tables.sites;
        cells = tables.memory.cells();
        tso = tables.tso;
    }

    /**
     * A store, or a piece of one, has reached memory.
     *
     * @param base the CPU whose store it is
     * @param ownNeedsNone whether that one need not serialize after it
     */
    void stored(long[] state, int base, int store, boolean ownNeedsNone) {
        for (int s = 0; s < sites.length; s++) {
            if (cpu.unserialized[s].bits() > 0 && pieces.touches(store, sites[s])) {
                stored(state, base, cpu.unserialized[s], ownNeedsNone);
            }
        }
    }

    private void stored(long[] state, int base, Field field, boolean ownNeedsNone) {
        for (int c = 0; c < layout.cpus; c++) {
            int other = layout.cpuBase(c);
            if (other != base || !ownNeedsNone) {
                field.set(state, other, 1);
            }
        }
    }

    /** A CPU has serialized. */
    void serialized(long[] state, int base) {
        for (Field field : cpu.unserialized) {
            field.set(state, base, 0);
        }
    }

    /** Whether every CPU has serialized since the last store to a site, as far as the CPU knows that asks: its own buffer counts. */
    boolean isNobody(long[] state, int base, int site) {
        for (int c = 0; c < layout.cpus; c++) {
            if (cpu.unserialized[site].isSet(state, layout.cpuBase(c))) {
                return false;
            }
        }
        for (int i = 0; tso && i < cpu.buffer.size(state, base); i++) {
            int store = cpu.buffer.target(state, base, i) - cells;
            if (store >= 0 && pieces.touches(store, sites[site])) {
                return false;
            }
        }
        return true;
    }
}
