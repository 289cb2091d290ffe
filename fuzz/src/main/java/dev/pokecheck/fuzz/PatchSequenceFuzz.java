// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.fuzz.sequence.SequenceRun;
import dev.pokecheck.fuzz.sequence.SequenceRun.Outcome;

/**
 * Fuzz target: bytes are sites and where they lie, a sequence of patch calls through an engine, and a schedule. The machine and a plain reference
 * must agree on every execution, the final text must be what was asked for, and engines must keep their promises.
 */
public final class PatchSequenceFuzz {
    private static final SequenceRun RUNS = new SequenceRun();
    private static final ByteTarget TARGET = new ByteTarget(Settings.ofSystem(), PatchSequenceFuzz::run);

    private PatchSequenceFuzz() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.end();
    }

    private static boolean run(byte[] input) {
        return RUNS.run(input) == Outcome.CANARY;
    }
}
