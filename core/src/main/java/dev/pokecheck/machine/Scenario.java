// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Region;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The machine and the work around a protocol: everything that a run depends on besides the protocol.
 *
 * @param cpus the number of CPUs, 1..8
 * @param sites what is patched, 1..8 sites
 * @param thread what the threads of bystanders do
 * @param nmiBudget how many NMIs may come, 0..7 a CPU
 * @param nmiWork what an NMI handler does besides the protocol's part
 * @param irqBudget how many IRQs may come, 0..7 a CPU
 * @param mcBudget how many machine checks may come, 0..7 a CPU
 * @param fetch the fetch model
 * @param chunk the size of a fetch chunk in bytes: 1, 8, 16, 32, 64
 * @param fetchCoherent whether a CPU's fetches of a chunk never go back in time
 * @param data the data memory model
 * @param bufferDepth the entries of a store buffer, 1..15; without meaning under sc
 * @param split in which pieces a memcpy to text reaches memory, and how wide a single store can be
 * @param nmi when a nested NMI can be delivered
 * @param depth how many contexts the stack of a CPU holds, 1..15; 0 for as many as its interrupts can need
 * @param profile which instructions serialize, and whether the read of a locked operation orders later fetches
 * @param deadObjects what becomes of a run in which an object is used outside its life
 * @param watch which incidents are watched that need memory of the past
 * @param mergeLocal whether steps that touch only their context are merged into the step before
 * @param reduce whether a machine leaves out interleavings that show nothing new: steps that depend on nothing others can do are merged into the
 *     step before, and bytes of one text store that no fetch can tell apart are written together ({@link Machine#expand} gives the schedule of the
 *     machine that leaves out none)
 */
public record Scenario(
        int cpus,
        List<SiteSpec> sites,
        ThreadWork thread,
        InterruptBudget nmiBudget,
        InterruptWork nmiWork,
        InterruptBudget irqBudget,
        InterruptBudget mcBudget,
        FetchModel fetch,
        int chunk,
        boolean fetchCoherent,
        DataModel data,
        int bufferDepth,
        StoreSplit split,
        NmiModel nmi,
        int depth,
        Profile profile,
        DeadObjects deadObjects,
        Watch watch,
        boolean mergeLocal,
        boolean reduce) {

    /** The most contexts that the stack of a CPU can hold. */
    public static final int MAX_DEPTH = 15;

    /** Checks the ranges. */
    public Scenario {
        sites = List.copyOf(sites);
        range("cpus", cpus, 1, 8);
        range("sites", sites.size(), 1, 8);
        if (sites.stream().anyMatch(spec -> spec.under() >= 0)) {
            Region.of(SiteSpec.placed(sites));
        }
        nmiBudget.check("nmi", cpus);
        irqBudget.check("irq", cpus);
        mcBudget.check("mc", cpus);
        range("buffer", bufferDepth, 1, 15);
        range("depth", depth, 0, MAX_DEPTH);
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

    /** How many NMIs may come to the CPU with the most. */
    public int nmis() {
        return nmiBudget.most();
    }

    /** How many IRQs may come to the CPU with the most. */
    public int irqs() {
        return irqBudget.most();
    }

    /** How many machine checks may come to the CPU with the most. */
    public int mcs() {
        return mcBudget.most();
    }

    /** How many interrupts may come in all. */
    public int interrupts() {
        return nmiBudget.total(cpus) + irqBudget.total(cpus) + mcBudget.total(cpus);
    }

    /** The incidents after which the rest of a run is meaningless; after the others it continues. */
    public long fatal() {
        return deadObjects.fatal();
    }

    /** What the text of a protocol depends on. */
    public Setting setting() {
        return new Setting(cpus, SiteSpec.placed(sites), thread, nmiWork, irqs() > 0, mcs() > 0, split.widestStore());
    }

    /** This scenario with some things changed. */
    public Scenario with(UnaryOperator<ScenarioBuilder> change) {
        return change.apply(new ScenarioBuilder(this)).build();
    }
}
