// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;

/** Changes a scenario part by part; the methods are named after the parts of {@link Scenario}, which checks the ranges. */
public final class ScenarioBuilder {
    private int cpus = 2;
    private List<SiteSpec> sites;
    private ThreadWork thread = ThreadWork.LOOP;
    private InterruptBudget nmis = InterruptBudget.each(0);
    private InterruptWork nmiWork = InterruptWork.NONE;
    private InterruptBudget irqs = InterruptBudget.each(0);
    private InterruptBudget mcs = InterruptBudget.each(0);
    private FetchModel fetch = FetchModel.STALE_CHUNK;
    private int chunk = 1;
    private boolean fetchCoherent = false;
    private DataModel data = DataModel.SC;
    private int bufferDepth = 4;
    private StoreSplit split = StoreSplit.BYTE;
    private NmiModel nmi = NmiModel.LATCHED;
    private int depth = 0;
    private Profile profile = Profile.ARCHITECTURAL;
    private DeadObjects deadObjects = DeadObjects.END;
    private Watch watch = Watch.ALL;
    private boolean mergeLocal = true;
    private boolean reduce;

    ScenarioBuilder(List<SiteSpec> sites) {
        this.sites = sites;
    }

    ScenarioBuilder(Scenario from) {
        cpus = from.cpus();
        sites = from.sites();
        thread = from.thread();
        nmis = from.nmiBudget();
        nmiWork = from.nmiWork();
        irqs = from.irqBudget();
        mcs = from.mcBudget();
        fetch = from.fetch();
        chunk = from.chunk();
        fetchCoherent = from.fetchCoherent();
        data = from.data();
        bufferDepth = from.bufferDepth();
        split = from.split();
        nmi = from.nmi();
        depth = from.depth();
        profile = from.profile();
        deadObjects = from.deadObjects();
        watch = from.watch();
        mergeLocal = from.mergeLocal();
        reduce = from.reduce();
    }

    /** The number of CPUs. */
    public ScenarioBuilder cpus(int value) {
        cpus = value;
        return this;
    }

    /** What is patched. */
    public ScenarioBuilder sites(List<SiteSpec> value) {
        sites = value;
        return this;
    }

    /** What the threads of bystanders do. */
    public ScenarioBuilder thread(ThreadWork value) {
        thread = value;
        return this;
    }

    /** How many NMIs may come to each CPU. */
    public ScenarioBuilder nmis(int value) {
        return nmis(InterruptBudget.each(value));
    }

    /** How many NMIs may come. */
    public ScenarioBuilder nmis(InterruptBudget value) {
        nmis = value;
        return this;
    }

    /** What an NMI handler does. */
    public ScenarioBuilder nmiWork(InterruptWork value) {
        nmiWork = value;
        return this;
    }

    /** How many IRQs may come to each CPU. */
    public ScenarioBuilder irqs(int value) {
        return irqs(InterruptBudget.each(value));
    }

    /** How many IRQs may come. */
    public ScenarioBuilder irqs(InterruptBudget value) {
        irqs = value;
        return this;
    }

    /** How many machine checks may come to each CPU. */
    public ScenarioBuilder mcs(int value) {
        return mcs(InterruptBudget.each(value));
    }

    /** How many machine checks may come. */
    public ScenarioBuilder mcs(InterruptBudget value) {
        mcs = value;
        return this;
    }

    /** The fetch model. */
    public ScenarioBuilder fetch(FetchModel value) {
        fetch = value;
        return this;
    }

    /** The fetch model and the size of its chunk. */
    public ScenarioBuilder fetch(FetchModel model, int chunkBytes) {
        return fetch(model).chunk(chunkBytes);
    }

    /** The size of a fetch chunk. */
    public ScenarioBuilder chunk(int value) {
        chunk = value;
        return this;
    }

    /** Whether a CPU's fetches of a chunk never go back in time. */
    public ScenarioBuilder fetchCoherent(boolean value) {
        fetchCoherent = value;
        return this;
    }

    /** The data memory model. */
    public ScenarioBuilder data(DataModel value) {
        data = value;
        return this;
    }

    /** The entries of a store buffer. */
    public ScenarioBuilder bufferDepth(int value) {
        bufferDepth = value;
        return this;
    }

    /** In which pieces a memcpy to text reaches memory, and how wide a single store can be. */
    public ScenarioBuilder split(StoreSplit value) {
        split = value;
        return this;
    }

    /** When a nested NMI can be delivered. */
    public ScenarioBuilder nmi(NmiModel value) {
        nmi = value;
        return this;
    }

    /** How many contexts the stack of a CPU holds; 0 for as many as its interrupts can need. */
    public ScenarioBuilder depth(int value) {
        depth = value;
        return this;
    }

    /** Which instructions serialize, and whether the read of a locked operation orders later fetches. */
    public ScenarioBuilder profile(Profile value) {
        profile = value;
        return this;
    }

    /** What {@link #profile(Profile)} was given last; {@link Profile#ARCHITECTURAL} if nothing was. */
    public Profile profile() {
        return profile;
    }

    /** All that a hardware profile says. */
    public ScenarioBuilder hardware(HardwareProfile value) {
        return fetch(value.fetch(), value.chunk()).split(value.split()).profile(value.cpu());
    }

    /** What becomes of a run in which an object is used outside its life. */
    public ScenarioBuilder deadObjects(DeadObjects value) {
        deadObjects = value;
        return this;
    }

    /** Which incidents are watched that need memory of the past. */
    public ScenarioBuilder watch(Watch value) {
        watch = value;
        return this;
    }

    /** Whether steps that touch only their context are merged into the step before. */
    public ScenarioBuilder mergeLocal(boolean value) {
        mergeLocal = value;
        return this;
    }

    /** Whether interleavings that show nothing new are left out, as {@link Scenario} says. */
    public ScenarioBuilder reduce(boolean value) {
        reduce = value;
        return this;
    }

    Scenario build() {
        return new Scenario(
                cpus,
                sites,
                thread,
                nmis,
                nmiWork,
                irqs,
                mcs,
                fetch,
                chunk,
                fetchCoherent,
                data,
                bufferDepth,
                split,
                nmi,
                depth,
                profile,
                deadObjects,
                watch,
                mergeLocal,
                reduce);
    }
}
