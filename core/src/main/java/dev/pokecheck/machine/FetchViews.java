// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.text.Views;

/** What the CPUs may see of the sites: how stores and serialization change it. */
final class FetchViews {
    private final Layout layout;
    private final CpuLayout cpu;
    private final Views[] views;
    /** How many views a CPU has: one of each site, or one of all. */
    private final int count;

    private final OwnStores own;
    private final Unserialized unserialized;
    private final boolean serializationHelps;

    FetchViews(MachineTables tables, OwnStores own, Unserialized unserialized) {
        this.unserialized = unserialized;
        this.own = own;
        serializationHelps = tables.scenario.fetch().window().endsBySerialization();
        layout = tables.layout;
        cpu = tables.cpu;
        views = tables.views;
        count = Views.areCommon(tables.scenario.fetch()) ? Math.min(1, views.length) : views.length;
    }

    /** The fetches of a CPU see nothing older from now on: it has loaded something, where that counts for them, or it has come online. */
    void refresh(long[] state, int base) {
        for (int s = 0; s < count; s++) {
            long content = layout.content[s].get(state, 0);
            cpu.views[s].set(state, base, views[s].refreshed(cpu.views[s].getInt(state, base), content));
        }
        own.forget(state, base);
    }

    /** Ends staleness for a CPU. */
    void serialize(long[] state, int base) {
        for (int s = 0; s < count; s++) {
            long content = layout.content[s].get(state, 0);
            cpu.views[s].set(state, base, views[s].serialized(cpu.views[s].getInt(state, base), content));
        }
        unserialized.serialized(state, base);
        if (serializationHelps) {
            own.forget(state, base);
        }
    }

    /** The content of a site becomes another. */
    void store(long[] state, int site, long content) {
        layout.content[site].set(state, 0, content);
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.views[site].set(state, base, views[site].stored(cpu.views[site].getInt(state, base), content));
        }
    }
}
