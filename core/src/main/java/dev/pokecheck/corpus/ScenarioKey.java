// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.InterruptBudget;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a scenario in text, {@code key=value}, in the order in which they are written; sites come behind the first. */
public enum ScenarioKey {
    /** The number of CPUs. */
    CPUS("cpus"),
    /** What the threads of bystanders do. */
    THREAD("thread"),
    /** How many NMIs may come to each CPU: one number, or one for each CPU, separated by commas. */
    NMI("nmi"),
    /** What NMI handlers do. */
    NMI_WORK("nmi-work"),
    /** The same for IRQs. */
    IRQ("irq"),
    /** The same for machine checks. */
    MC("mc"),
    /** The fetch model. */
    FETCH("fetch"),
    /** The size of a fetch chunk. */
    CHUNK("chunk"),
    /** Whether a CPU's fetches of a chunk never go back in time. */
    FETCH_COHERENT("fetch-coherent"),
    /** The data memory model. */
    DATA("data"),
    /** The entries of a store buffer. */
    BUFFER("buffer"),
    /** In which pieces a memcpy to text reaches memory. */
    SPLIT("split"),
    /** When a nested NMI can be delivered. */
    NMI_MODEL("nmi-model"),
    /** How many contexts the stack of a CPU holds. */
    DEPTH("depth"),
    /** Instructions that do not serialize although the architecture, or the hardware profile, says so, separated by commas. */
    NO_SERIALIZE("no-serialize"),
    /** Instructions that serialize although not on every vendor's CPUs, or not in the hardware profile, separated by commas. */
    ALSO_SERIALIZE("also-serialize"),
    /** Whether the read of a locked operation orders the fetches behind it. */
    LOCK_ORDERS_FETCH("lock-orders-fetch"),
    /** What a CPU needs after its own store to code through the mapping that it executes. */
    SELF_MODIFICATION("self-modification"),
    /** What it needs after one through another mapping. */
    ALIAS_MODIFICATION("alias-modification"),
    /** Whether the vendor says what a CPU executes of code that another modifies without synchronisation. */
    XMC_DOCUMENTED("xmc-documented"),
    /** What sending an IPI without a fence does to earlier stores. */
    IPI_SEND("ipi-send"),
    /** Whether SYSCALL waits until earlier stores are in memory. */
    SYSCALL_DRAINS("syscall-drains"),
    /** What becomes of a run in which an object is used outside its life. */
    DEAD_OBJECTS("dead-objects"),
    /** Whether local steps are merged into the step before. */
    MERGE_LOCAL("merge-local");

    private final String text;

    ScenarioKey(String text) {
        this.text = text;
    }

    /** Its name, which is also that of the command line's option. */
    public String text() {
        return text;
    }

    /** All names. */
    public static List<String> texts() {
        return Stream.of(values()).map(ScenarioKey::text).toList();
    }

    /**
     * Sets it from text.
     *
     * @param base which instructions serialize before any setting
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    ScenarioBuilder set(ScenarioBuilder builder, Profile base, String value) {
        return switch (this) {
            case CPUS -> builder.cpus(number(value));
            case THREAD -> builder.thread(Choice.of(text, value, ThreadWork.values(), ThreadWork::text));
            case NMI -> builder.nmis(InterruptBudget.parse(text, value));
            case NMI_WORK -> builder.nmiWork(Choice.of(text, value, InterruptWork.values(), InterruptWork::text));
            case IRQ -> builder.irqs(InterruptBudget.parse(text, value));
            case MC -> builder.mcs(InterruptBudget.parse(text, value));
            case FETCH -> builder.fetch(Choice.of(text, value, FetchModel.values(), FetchModel::text));
            case CHUNK -> builder.chunk(number(value));
            case FETCH_COHERENT -> builder.fetchCoherent(yes(value));
            case DATA -> builder.data(Choice.of(text, value, DataModel.values(), DataModel::text));
            case BUFFER -> builder.bufferDepth(number(value));
            case SPLIT -> builder.split(Choice.of(text, value, StoreSplit.values(), StoreSplit::text));
            case NMI_MODEL -> builder.nmi(Choice.of(text, value, NmiModel.values(), NmiModel::text));
            case DEPTH -> builder.depth(depth(value));
            case NO_SERIALIZE -> builder.profile(less(builder.profile(), base, value));
            case ALSO_SERIALIZE -> builder.profile(more(builder.profile(), base, value));
            case LOCK_ORDERS_FETCH -> builder.profile(builder.profile().lockOrdersFetch(yes(value)));
            case SELF_MODIFICATION -> builder.profile(builder.profile().inPlace(need(value)));
            case ALIAS_MODIFICATION -> builder.profile(builder.profile().throughAlias(need(value)));
            case XMC_DOCUMENTED -> builder.profile(builder.profile().xmcDocumented(yes(value)));
            case IPI_SEND ->
                builder.profile(builder.profile().ipiSend(Choice.of(text, value, IpiSend.values(), IpiSend::text)));
            case SYSCALL_DRAINS -> builder.profile(builder.profile().syscallDrains(yes(value)));
            case DEAD_OBJECTS -> builder.deadObjects(Choice.of(text, value, DeadObjects.values(), DeadObjects::text));
            case MERGE_LOCAL -> builder.mergeLocal(yes(value));
        };
    }

    /**
     * Its value in a scenario as text.
     *
     * @param base which instructions serialize before any setting
     */
    String of(Scenario scenario, Profile base) {
        return switch (this) {
            case CPUS -> Integer.toString(scenario.cpus());
            case THREAD -> scenario.thread().text();
            case NMI -> scenario.nmiBudget().text();
            case NMI_WORK -> scenario.nmiWork().text();
            case IRQ -> scenario.irqBudget().text();
            case MC -> scenario.mcBudget().text();
            case FETCH -> scenario.fetch().text();
            case CHUNK -> Integer.toString(scenario.chunk());
            case FETCH_COHERENT -> yesOrNo(scenario.fetchCoherent());
            case DATA -> scenario.data().text();
            case BUFFER -> Integer.toString(scenario.bufferDepth());
            case SPLIT -> scenario.split().text();
            case NMI_MODEL -> scenario.nmi().text();
            case DEPTH -> Integer.toString(scenario.depth());
            case NO_SERIALIZE -> names(base, scenario.profile());
            case ALSO_SERIALIZE -> names(scenario.profile(), base);
            case LOCK_ORDERS_FETCH -> yesOrNo(scenario.profile().lockOrdersFetch());
            case SELF_MODIFICATION -> scenario.profile().inPlace().text();
            case ALIAS_MODIFICATION -> scenario.profile().throughAlias().text();
            case XMC_DOCUMENTED -> yesOrNo(scenario.profile().isXmcDocumented());
            case IPI_SEND -> scenario.profile().ipiSend().text();
            case SYSCALL_DRAINS -> yesOrNo(scenario.profile().syscallDrains());
            case DEAD_OBJECTS -> scenario.deadObjects().text();
            case MERGE_LOCAL -> yesOrNo(scenario.mergeLocal());
        };
    }

    private int number(String value) {
        if (!value.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException(text + " \"" + value + "\" is not a number");
        }
        return Integer.parseInt(value);
    }

    /** A scenario has a 0 where none was given: that is no depth. */
    private int depth(String value) {
        int depth = number(value);
        if (depth < 1 || depth > Scenario.MAX_DEPTH) {
            throw new IllegalArgumentException(text + "=" + depth + " is outside 1.." + Scenario.MAX_DEPTH);
        }
        return depth;
    }

    private SelfModification need(String value) {
        return Choice.of(text, value, SelfModification.values(), SelfModification::text);
    }

    private boolean yes(String value) {
        return Choice.of(text, value, new Boolean[] {true, false}, ScenarioKey::yesOrNo);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private Profile less(Profile from, Profile base, String value) {
        Sync[] serializing = base.serializing().toArray(Sync[]::new);
        Profile profile = from;
        for (String name : value.split(",", -1)) {
            profile = profile.without(Choice.of(text, name, serializing, Sync::text));
        }
        return profile;
    }

    private Profile more(Profile from, Profile base, String value) {
        Sync[] others = Stream.of(Sync.values())
                .filter(sync -> sync != Sync.NONE && !base.serializes(sync))
                .toArray(Sync[]::new);
        Profile profile = from;
        for (String name : value.split(",", -1)) {
            profile = profile.with(Choice.of(text, name, others, Sync::text));
        }
        return profile;
    }

    /** What serializes in one profile and not in another. */
    private static String names(Profile in, Profile notIn) {
        return in.serializing().stream()
                .filter(sync -> !notIn.serializes(sync))
                .map(Sync::text)
                .collect(Collectors.joining(","));
    }
}
