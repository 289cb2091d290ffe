// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.Field;
import dev.pokecheck.step.Graph;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.TextStore;
import dev.pokecheck.text.Views;

/**
 * When a CPU is sure to fetch what it has stored to code itself: at once, after a jump, or only after it has serialized, as its profile says for the
 * mapping that the store went through. A store that is in the buffer at the jump counts, too; its value there is 1 then.
 */
final class OwnStores {
    private final Unserialized unserialized;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Views[] views;
    private final TextPieces pieces;
    private final SiteText[] texts;
    private final int cells;
    private final boolean tso;
    private final SelfModification[] needs;
    private final boolean atOnce;
    private final boolean afterJump;
    /** Whether stores that await a jump are kept, as fetches can be older than they. */
    private final boolean keeps;

    OwnStores(MachineTables tables, Unserialized unserialized) {
        this.unserialized = unserialized;
        layout = tables.layout;
        cpu = tables.cpu;
        views = tables.views;
        pieces = tables.pieces;
        texts = tables.texts;
        cells = tables.memory.cells();
        tso = tables.tso;
        needs = tables.graph.textStores().stream()
                .map(store -> need(tables.scenario.profile(), store))
                .toArray(SelfModification[]::new);
        atOnce = tables.graph.textStores().stream()
                .anyMatch(store -> need(tables.scenario.profile(), store) == SelfModification.NONE);
        afterJump = needJumps(tables.scenario, tables.graph);
        keeps = keeps(tables.scenario, tables.graph);
    }

    /** Whether a CPU has to jump before it is sure to fetch what some store has stored. */
    static boolean needJumps(Scenario scenario, Graph graph) {
        return graph.textStores().stream().anyMatch(store -> need(scenario.profile(), store) == SelfModification.JUMP);
    }

    /** Whether it is kept which of its stores a CPU may still not fetch. */
    static boolean keeps(Scenario scenario, Graph graph) {
        return scenario.fetch().canBeStale() && needJumps(scenario, graph);
    }

    private static SelfModification need(Profile profile, TextStore store) {
        return store.isInPlace() ? profile.inPlace() : profile.throughAlias();
    }

    /** A piece of a store of a CPU has reached memory; it comes from the buffer if it is buffered. */
    void arrived(long[] state, int base, int store, int piece, boolean buffered) {
        int site = pieces.site(store);
        long bits = pieces.mask(store, piece);
        boolean hasJumped = buffered && hasJumped(state, base, store, 0);
        unserialized.stored(state, base, store, hasJumped ? SelfModification.NONE : needs[store]);
        if (keeps) {
            for (int c = 0; c < layout.cpus; c++) {
                Field pending = cpu.ownStores[site];
                int other = layout.cpuBase(c);
                pending.set(state, other, pending.get(state, other) & ~bits);
            }
        }
        if (needs[store] == SelfModification.NONE || hasJumped) {
            makeCertain(state, base, site, bits);
        } else if (keeps && needs[store] == SelfModification.JUMP) {
            cpu.ownStores[site].set(state, base, cpu.ownStores[site].get(state, base) | bits);
        }
    }

    private boolean hasJumped(long[] state, int base, int store, int entry) {
        return needs[store] == SelfModification.JUMP && cpu.buffer.value(state, base, entry) == 1;
    }

    private void makeCertain(long[] state, int base, int site, long bits) {
        long content = layout.content[site].get(state, 0);
        int view = cpu.views[site].getInt(state, base);
        cpu.views[site].set(state, base, views[site].overwritten(view, bits, content));
    }

    /** A CPU has executed a jump. */
    void jump(long[] state, int base) {
        if (!afterJump) {
            return;
        }
        unserialized.jumped(state, base);
        for (int s = 0; keeps && s < views.length; s++) {
            long bits = cpu.ownStores[s].get(state, base);
            if (bits != 0) {
                makeCertain(state, base, s, bits);
            }
        }
        forget(state, base);
        for (int i = 0; tso && i < cpu.buffer.size(state, base); i++) {
            int store = cpu.buffer.target(state, base, i) - cells;
            if (store >= 0 && needs[store] == SelfModification.JUMP) {
                cpu.buffer.setValue(state, base, i, 1);
            }
        }
    }

    /** A CPU can see nothing that is older than its own stores any more. */
    void forget(long[] state, int base) {
        for (int s = 0; keeps && s < views.length; s++) {
            cpu.ownStores[s].set(state, base, 0);
        }
    }

    /** Whether a CPU cannot fetch from a site yet, as stores that it is sure to see are still in its store buffer, which no fetch reads. */
    boolean holdOff(long[] state, int base, int site) {
        if (!tso || !(atOnce || afterJump)) {
            return false;
        }
        for (int i = cpu.buffer.size(state, base) - 1; i >= 0; i--) {
            int store = cpu.buffer.target(state, base, i) - cells;
            if (store >= 0
                    && pieces.isOfText(store, texts[site])
                    && (needs[store] == SelfModification.NONE || hasJumped(state, base, store, i))) {
                return true;
            }
        }
        return false;
    }
}
