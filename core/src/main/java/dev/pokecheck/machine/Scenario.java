// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The machine and the work around a protocol: everything that a run depends on besides the protocol.
 *
 * @param cpus the number of CPUs, 1..8
 * @param sites what is patched, 1..8 sites
 * @param thread what the threads of bystanders do
 * @param nmis how many NMIs may come to each CPU, 0..7
 * @param nmiWork what an NMI handler does besides the protocol's part
 * @param irqs how many IRQs may come to each CPU, 0..7
 * @param mcs how many machine checks may come to each CPU, 0..7
 * @param fetch the fetch model
 * @param chunk the size of a fetch chunk in bytes: 1, 8, 16, 32, 64
 * @param fetchCoherent whether a CPU's fetches of a chunk never go back in time
 * @param data the data memory model
 * @param bufferDepth the entries of a store buffer, 1..15; without meaning under sc
 * @param split in which pieces a text store reaches memory
 * @param nmi when a nested NMI can be delivered
 * @param profile which instructions serialize
 * @param watch which incidents are watched that need memory of the past
 * @param mergeLocal whether steps that touch only their context are merged into the step before
 * @param reduce whether steps that depend on nothing others can do are merged into the step before ({@link Machine#expand} gives
 *     the schedule without such merging)
 */
public record Scenario(
        int cpus,
        List<SiteSpec> sites,
        ThreadWork thread,
        int nmis,
        InterruptWork nmiWork,
        int irqs,
        int mcs,
        FetchModel fetch,
        int chunk,
        boolean fetchCoherent,
        DataModel data,
        int bufferDepth,
        StoreSplit split,
        NmiModel nmi,
        Profile profile,
        Watch watch,
        boolean mergeLocal,
        boolean reduce) {

    /** Checks the ranges. */
    public Scenario {
        sites = List.copyOf(sites);
        range("cpus", cpus, 1, 8);
        range("sites", sites.size(), 1, 8);
        range("nmi", nmis, 0, 7);
        range("irq", irqs, 0, 7);
        range("mc", mcs, 0, 7);
        range("buffer", bufferDepth, 1, 15);
        if (!List.of(1, 8, 16, 32, 64).contains(chunk)) {
            throw new IllegalArgumentException("chunk=" + chunk + " is none of 1, 8, 16, 32, 64");
        }
    }

    private static void range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " is outside " + min + ".." + max);
        }
    }

    /** Two CPUs, one thread that executes the sites, the architectural worst case of fetch and text stores, no interrupts. */
    public static Scenario of(List<SiteSpec> sites) {
        return new ScenarioBuilder(sites).build();
    }

    /** What the text of a protocol depends on. */
    public Setting setting() {
        List<Site> placed = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            placed.add(sites.get(i).place(i));
        }
        return new Setting(cpus, placed, thread, nmiWork, irqs > 0, mcs > 0);
    }

    /** This scenario with some things changed. */
    public Scenario with(UnaryOperator<ScenarioBuilder> change) {
        return change.apply(new ScenarioBuilder(this)).build();
    }
}
