// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.fuzz.sequence.Guide;
import dev.pokecheck.fuzz.sequence.SequenceRun;
import dev.pokecheck.fuzz.sequence.SequenceRun.Outcome;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;

/**
 * Fuzz target: bytes are sites and where they lie, a sequence of patch calls through an engine, and schedules. The machine and a plain reference
 * must agree on every execution, the final text must be what was asked for, and engines must keep their promises.
 */
public final class PatchSequenceFuzz {
    /** A kind does not touch the bits of a situation. */
    private static final int SALT_SHIFT = 32;

    private static final Settings SETTINGS = Settings.ofSystem();
    private static final Feedback FEEDBACK = new Feedback(SETTINGS.feedback());
    private static final SequenceRun RUNS = new SequenceRun(SequenceRun.RUNS, new StateGuide());
    private static final ByteTarget TARGET = new ByteTarget(
            SETTINGS,
            PatchSequenceFuzz::run,
            () -> "states=" + FEEDBACK.count() + " " + RUNS.counts().figures() + " findings=0");

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
        long before = RUNS.counts().of(Outcome.CANARY);
        RUNS.run(input);
        return RUNS.counts().of(Outcome.CANARY) > before;
    }

    /** Situations by kind. There are too many scenarios to tell what they share, too: each would fill the fuzzer's table by itself. */
    private static final class StateGuide implements Guide {
        @Override
        public Scheduler watch(Machine machine, long kind, Scheduler scheduler) {
            return new Scheduler() {
                @Override
                public void start(long run) {
                    scheduler.start(run);
                }

                @Override
                public int pick(long[] state, ActionList enabled) {
                    int pick = scheduler.pick(state, enabled);
                    if (pick != END) {
                        FEEDBACK.meet((kind << SALT_SHIFT) + machine.situation(state, enabled.get(pick)));
                    }
                    return pick;
                }
            };
        }

        @Override
        public void tell() {
            FEEDBACK.tell();
        }
    }
}
