// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.Field;
import dev.pokecheck.text.Site;

/**
 * Which CPUs have not serialized since the last store to a site, though they need to; only where a postcondition asks. A CPU whose own stores need no
 * more than a jump may have jumped instead.
 */
final class Unserialized {
    /** What a CPU has still to do. The numbers are part of packed states. */
    private static final int SERIALIZE = 1;

    private static final int SERIALIZE_OR_JUMP = 2;

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
     * @param need what that one needs to execute before it is sure to fetch it
     */
    void stored(long[] state, int base, int store, SelfModification need) {
        for (int s = 0; s < sites.length; s++) {
            if (cpu.unserialized[s].bits() > 0 && pieces.touches(store, sites[s])) {
                stored(state, base, cpu.unserialized[s], need);
            }
        }
    }

    private void stored(long[] state, int base, Field field, SelfModification need) {
        for (int c = 0; c < layout.cpus; c++) {
            int other = layout.cpuBase(c);
            if (other != base || need == SelfModification.SERIALIZE) {
                field.set(state, other, SERIALIZE);
            } else if (need == SelfModification.JUMP && !field.isSet(state, other)) {
                field.set(state, other, SERIALIZE_OR_JUMP);
            }
        }
    }

    /** A CPU has executed a jump. */
    void jumped(long[] state, int base) {
        for (Field field : cpu.unserialized) {
            if (field.get(state, base) == SERIALIZE_OR_JUMP) {
                field.set(state, base, 0);
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
