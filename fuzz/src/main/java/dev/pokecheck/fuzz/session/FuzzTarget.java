// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.fuzz.CorpusFuzz;
import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.InsnFuzz;
import dev.pokecheck.fuzz.InterleavingFuzz;
import dev.pokecheck.fuzz.PatchSequenceFuzz;
import dev.pokecheck.fuzz.SourceFuzz;
import java.util.ArrayList;
import java.util.List;

/** The fuzz targets, and what Jazzer is told for each. */
enum FuzzTarget {
    /** Its feedback is that of the target itself; edges of the machine's code tell little and cost most of the speed. */
    INTERLEAVING(InterleavingFuzz.class, 3, 256, "--hooks=false"),
    /** As above: guided by edges of code instead, it completed a quarter of the sequences in 25 seconds. */
    PATCH_SEQUENCE(PatchSequenceFuzz.class, 1, 160, "--hooks=false"),
    INSN(InsnFuzz.class, 1, 64, "--instrumentation_includes=dev.pokecheck.fuzz.**:dev.pokecheck.insn.**"),
    CORPUS(
            CorpusFuzz.class,
            1,
            2048,
            "--instrumentation_includes=dev.pokecheck.fuzz.**:dev.pokecheck.corpus.**:dev.pokecheck.machine.SiteSpec*"),
    /** Told of what is compared, too, it made a sixth of the inputs in the same processor time; the words are in a dictionary instead. */
    SOURCE(SourceFuzz.class, 1, 4096, "--instrumentation_includes=dev.pokecheck.fuzz.**:dev.pokecheck.source.**");

    private final Class<?> type;
    private final int weight;
    private final int maxLength;
    private final String instrumentation;

    FuzzTarget(Class<?> type, int weight, int maxLength, String instrumentation) {
        this.type = type;
        this.weight = weight;
        this.maxLength = maxLength;
        this.instrumentation = instrumentation;
    }

    /** Its name, which is that of its class. */
    String text() {
        return type.getSimpleName();
    }

    /** The share of a session's time that it gets among others. */
    int weight() {
        return weight;
    }

    /** What Jazzer is told. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(instrumentation);
        if (this == INTERLEAVING || this == PATCH_SEQUENCE) {
            arguments.add(Feedback.ARGUMENT);
        }
        if (hasWords()) {
            arguments.add("--trace=cov");
        }
        arguments.add("--target_class=" + type.getName());
        arguments.add("-max_len=" + maxLength);
        return arguments;
    }

    /** Whether protocols can be chosen, and findings are entries of the corpus. */
    boolean hasProtocols() {
        return this == INTERLEAVING;
    }

    /** Whether its inputs are put together from words. */
    boolean hasWords() {
        return this == SOURCE;
    }

    /**
     * The target with a name; all of them if there is none.
     *
     * @throws IllegalArgumentException that names the choices
     */
    static List<FuzzTarget> named(String name) {
        return name.isEmpty() ? List.of(values()) : List.of(Choice.of("target", name, values(), FuzzTarget::text));
    }
}
