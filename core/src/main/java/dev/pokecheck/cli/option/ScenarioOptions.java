// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.ScenarioKey;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Watch;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machine and the work on it; each option is the scenario key of the same name. */
@About(Subject.SCENARIO)
public final class ScenarioOptions {
    private static final String PROFILE = "--profile";

    @Option(
            names = "--workload",
            paramLabel = "thread|foreign|none",
            description =
                    "What the threads of CPUs 1.. do: execute all sites again and again, the same with a breakpoint of"
                            + " somebody else (a kprobe, say) between two rounds, or nothing. Default: thread.")
    private @Nullable String workload;

    @Option(
            names = "--nmi",
            paramLabel = "K[,K...]",
            description = "NMIs that may come to each CPU, 0..7; several numbers are one for each CPU. Default: 0.")
    private @Nullable String nmi;

    @Option(
            names = "--nmi-work",
            paramLabel = "none|site|lock|pair|ticket",
            description =
                    "What an NMI handler does besides the protocol's part: nothing; execute all sites; take a lock that is"
                            + " released through the first site; take a lock through the first site and release it through the"
                            + " second, whose versions all use one byte (pair), or all but the first tickets (ticket). Default:"
                            + " none.")
    private @Nullable String nmiWork;

    @Option(
            names = "--nmi-model",
            paramLabel = "latched|hardware|fred",
            description =
                    "When a nested NMI is delivered: after the outer one, as Linux's entry code has it; after any IRET;"
                            + " or after the ERETS of an NMI's own frame, which does not serialize. Default: latched.")
    private @Nullable String nmiModel;

    @Option(
            names = "--irq",
            paramLabel = "K[,K...]",
            description =
                    "IRQs that may come to each CPU, 0..7, as for --nmi; their handler executes all sites. Default: 0.")
    private @Nullable String irq;

    @Option(
            names = "--mc",
            paramLabel = "K[,K...]",
            description =
                    "Machine checks that may come to each CPU, 0..7, as for --nmi; their handler executes all sites. Default: 0.")
    private @Nullable String mc;

    @Option(
            names = PROFILE,
            paramLabel = "NAME|FILE",
            completionCandidates = ProfileColumns.Names.class,
            description =
                    "A hardware profile: what such a CPU may fetch, in which pieces its stores reach memory, and what"
                            + " serializes it; the options from --fetch to --syscall-drains change single lines of it. One of"
                            + " ${COMPLETION-CANDIDATES}, or a file like those. Default: architecture.")
    private @Nullable String profile;

    @Option(
            names = "--fetch",
            paramLabel = "MODEL",
            completionCandidates = FetchModels.All.class,
            description = "${COMPLETION-CANDIDATES}. Default: stale-chunk.")
    private @Nullable String fetch;

    @Option(names = "--chunk", paramLabel = "N", description = "Bytes of a fetch chunk: 1, 8, 16, 32, 64. Default: 1.")
    private @Nullable String chunk;

    @Option(names = "--fetch-coherent", description = "A CPU's fetches of a chunk never go back in time.")
    private boolean fetchCoherent;

    @Option(names = "--data", paramLabel = "sc|tso", description = "The data memory model. Default: sc.")
    private @Nullable String data;

    @Option(names = "--buffer", paramLabel = "N", description = "Entries of a store buffer, 1..15. Default: 4.")
    private @Nullable String buffer;

    @Option(
            names = "--split",
            paramLabel = "word|word16|line|byte",
            description =
                    "In which pieces a memcpy to text reaches memory: whole inside an aligned word of 8 bytes, or of"
                            + " 16, which single stores may then have, too; 8 bytes inside a cache line; single bytes. Default: byte.")
    private @Nullable String split;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Contexts that the stack of a CPU holds, 1..15. Default: as many as its interrupts can need.")
    private @Nullable String depth;

    @Option(
            names = "--no-serialize",
            paramLabel = "INSN[,INSN]",
            description = "Instructions that do not serialize although the architecture says so:"
                    + " cpuid, iret, serialize, mov_cr; or those that the profile names.")
    private @Nullable String noSerialize;

    @Option(
            names = "--also-serialize",
            paramLabel = "INSN[,INSN]",
            description = "Instructions that serialize although the manual of one vendor at least does not say so:"
                    + " mfence, lock, lfence, syscall, sysret, jump, invpcid; or all that the profile does not name.")
    private @Nullable String alsoSerialize;

    @Option(
            names = "--lock-orders-fetch",
            description =
                    "The read of a locked operation orders the fetches behind it, as loads do in in-order models.")
    private boolean lockOrdersFetch;

    @Option(
            names = "--self-modification",
            paramLabel = "none|jump|serialize",
            description =
                    "What a CPU has to execute after its own store to code through the mapping that it executes, to be"
                            + " sure to fetch it. Default: jump.")
    private @Nullable String selfModification;

    @Option(
            names = "--alias-modification",
            paramLabel = "none|jump|serialize",
            description = "The same after a store through another mapping, as text_poke makes it. Default: serialize.")
    private @Nullable String aliasModification;

    @Option(
            names = "--xmc-documented",
            description =
                    "The vendor says what a CPU executes of code that another modifies without synchronisation: no note"
                            + " undocumented-xmc.")
    private boolean xmcDocumented;

    @Option(
            names = "--ipi-send",
            paramLabel = "drains|bare",
            description =
                    "Whether an IPI that a protocol sends without a fence waits for earlier stores, as a store to an xAPIC"
                            + " does, or not, as a write to an x2APIC MSR. Default: bare.")
    private @Nullable String ipiSend;

    @Option(names = "--syscall-drains", description = "SYSCALL waits until earlier stores are in memory.")
    private boolean syscallDrains;

    @Option(
            names = "--dead-objects",
            paramLabel = "end|any",
            description =
                    "What becomes of a run in which an object is used outside its life: it ends, or it continues, and whatever is"
                            + " read there has any value. Default: end where dead-object is looked for, else any.")
    private @Nullable String deadObjects;

    @Option(
            names = "--no-merge",
            description = "Keep steps that touch only their context as steps of their own. Verdicts do not change.")
    private boolean noMerge;

    @Option(
            names = "--no-reduce",
            description = "Interleave independent steps, too. Verdicts do not change; schedules are the shortest.")
    private boolean noReduce;

    private @Nullable HardwareProfile hardware;

    /** Complains if a fetch model was chosen, for commands that have a column for each. */
    public void refuseFetch() {
        if (fetch != null) {
            throw new UsageException("--fetch: this command takes several fetch models; choose them with --models");
        }
    }

    /** Complains if anything was chosen that a hardware profile says, for commands that have a column for each profile. */
    public void refuseHardware() {
        if (profile != null) {
            throw new UsageException(PROFILE + ": this command takes several profiles; choose them with --profiles");
        }
        if (isHardwareChosen()) {
            throw new UsageException("--profiles: a profile says what --fetch, --chunk, --split, --no-serialize,"
                    + " --also-serialize, --lock-orders-fetch, --self-modification, --alias-modification,"
                    + " --xmc-documented, --ipi-send and --syscall-drains say; give one or the other");
        }
    }

    /** Whether a single line of what a hardware profile says was chosen. */
    public boolean isHardwareChosen() {
        return fetch != null
                || chunk != null
                || split != null
                || noSerialize != null
                || alsoSerialize != null
                || lockOrdersFetch
                || selfModification != null
                || aliasModification != null
                || xmcDocumented
                || ipiSend != null
                || syscallDrains;
    }

    /** The hardware profile that was asked for; a file is read once. */
    public Optional<HardwareProfile> hardware() {
        if (profile != null && hardware == null) {
            hardware = ProfileArgument.of(PROFILE, profile);
        }
        return Optional.ofNullable(hardware);
    }

    /** What they say. */
    ScenarioWords words() {
        Map<ScenarioKey, String> settings = new EnumMap<>(ScenarioKey.class);
        put(settings, ScenarioKey.THREAD, workload);
        put(settings, ScenarioKey.NMI, nmi);
        put(settings, ScenarioKey.NMI_WORK, nmiWork);
        put(settings, ScenarioKey.NMI_MODEL, nmiModel);
        put(settings, ScenarioKey.IRQ, irq);
        put(settings, ScenarioKey.MC, mc);
        put(settings, ScenarioKey.FETCH, fetch);
        put(settings, ScenarioKey.CHUNK, chunk);
        put(settings, ScenarioKey.FETCH_COHERENT, fetchCoherent ? "yes" : null);
        put(settings, ScenarioKey.DATA, data);
        put(settings, ScenarioKey.BUFFER, buffer);
        put(settings, ScenarioKey.SPLIT, split);
        put(settings, ScenarioKey.DEPTH, depth);
        put(settings, ScenarioKey.NO_SERIALIZE, noSerialize);
        put(settings, ScenarioKey.ALSO_SERIALIZE, alsoSerialize);
        put(settings, ScenarioKey.LOCK_ORDERS_FETCH, lockOrdersFetch ? "yes" : null);
        put(settings, ScenarioKey.SELF_MODIFICATION, selfModification);
        put(settings, ScenarioKey.ALIAS_MODIFICATION, aliasModification);
        put(settings, ScenarioKey.XMC_DOCUMENTED, xmcDocumented ? "yes" : null);
        put(settings, ScenarioKey.IPI_SEND, ipiSend);
        put(settings, ScenarioKey.SYSCALL_DRAINS, syscallDrains ? "yes" : null);
        put(settings, ScenarioKey.DEAD_OBJECTS, deadObjects);
        put(settings, ScenarioKey.MERGE_LOCAL, noMerge ? "no" : null);
        return new ScenarioWords(List.of(), settings);
    }

    /**
     * The scenario that words say, on the hardware that was asked for. Complaints begin with the key, which is the option but for the first.
     *
     * @param words all of them
     */
    GivenScenario given(ScenarioWords words, Watch watch) {
        Optional<HardwareProfile> given = hardware();
        try {
            Scenario scenario =
                    words.scenario(given).with(builder -> builder.watch(watch).reduce(!noReduce));
            return new GivenScenario("", scenario, words.says(ScenarioKey.DEAD_OBJECTS));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + String.valueOf(e.getMessage()).replaceFirst("^thread", "workload"));
        }
    }

    private static void put(Map<ScenarioKey, String> settings, ScenarioKey key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
