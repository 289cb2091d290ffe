// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.ScenarioKey;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Watch;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machine and the work on it; each option is the scenario key of the same name. */
@About(Subject.SCENARIO)
public final class ScenarioOptions {
    @Option(
            names = "--workload",
            paramLabel = "thread|foreign|none",
            description =
                    "What the threads of CPUs 1.. do: execute all sites again and again, the same with a breakpoint of"
                            + " somebody else (a kprobe, say) between two rounds, or nothing. Default: thread.")
    private @Nullable String workload;

    @Option(names = "--nmi", paramLabel = "K", description = "NMIs that may come to each CPU, 0..7. Default: 0.")
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
            paramLabel = "latched|hardware",
            description =
                    "When a nested NMI is delivered: after the outer one, as Linux's entry code has it, or after any"
                            + " IRET. Default: latched.")
    private @Nullable String nmiModel;

    @Option(
            names = "--irq",
            paramLabel = "K",
            description = "IRQs that may come to each CPU, 0..7; their handler executes all sites. Default: 0.")
    private @Nullable String irq;

    @Option(
            names = "--mc",
            paramLabel = "K",
            description =
                    "Machine checks that may come to each CPU, 0..7; their handler executes all sites. Default: 0.")
    private @Nullable String mc;

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
            paramLabel = "word|line|byte",
            description = "In which pieces a text store reaches memory. Default: byte.")
    private @Nullable String split;

    @Option(
            names = "--no-serialize",
            paramLabel = "INSN[,INSN]",
            description = "Instructions that do not serialize although the architecture says so:"
                    + " cpuid, iret, serialize, mov_cr.")
    private @Nullable String noSerialize;

    @Option(
            names = "--no-merge",
            description = "Keep steps that touch only their context as steps of their own. Verdicts do not change.")
    private boolean noMerge;

    @Option(
            names = "--no-reduce",
            description = "Interleave independent steps, too. Verdicts do not change; schedules are the shortest.")
    private boolean noReduce;

    /** Complains if a fetch model was chosen, for commands that have a column for each. */
    public void refuseFetch() {
        if (fetch != null) {
            throw new UsageException("--fetch: this command takes several fetch models; choose them with --models");
        }
    }

    /** The scenario for some sites. Complaints begin with the key, which is the option but for the first. */
    public Scenario scenario(String cpus, List<SiteSpec> sites, Watch watch) {
        Map<ScenarioKey, String> settings = new EnumMap<>(ScenarioKey.class);
        put(settings, ScenarioKey.CPUS, cpus);
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
        put(settings, ScenarioKey.NO_SERIALIZE, noSerialize);
        put(settings, ScenarioKey.MERGE_LOCAL, noMerge ? "no" : null);
        try {
            return ScenarioText.of(sites, settings)
                    .with(builder -> builder.watch(watch).reduce(!noReduce));
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
