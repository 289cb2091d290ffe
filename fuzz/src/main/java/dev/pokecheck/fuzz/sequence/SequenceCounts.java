// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.fuzz.sequence.SequenceRun.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many runs ended how. A sequence is complete if nothing went wrong and all patch calls have returned. */
public final class SequenceCounts {
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private long own;
    private long further;
    private long steps;
    private long scenarios;
    private long buildNanos;

    SequenceCounts() {}

    Outcome add(Outcome outcome, int run, int stepsTaken) {
        byOutcome.merge(outcome, 1L, Long::sum);
        steps += stepsTaken;
        if (run == 0) {
            own++;
        } else {
            further++;
        }
        return outcome;
    }

    void scenario() {
        scenarios++;
    }

    void built(long nanos) {
        buildNanos += nanos;
    }

    /** The runs that ended so; each input that is useless counts as one. */
    public long of(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    /** The machines built. */
    public long scenarios() {
        return scenarios;
    }

    /**
     * The figures as {@code name=number} words: runs of the inputs' own schedules and further ones, sequences that are complete, that ended in a
     * fault which both judges found, that were cut off; useless inputs; machines built; steps; nanoseconds spent in looking machines up and building them.
     */
    public String figures() {
        return "own=" + own + " further=" + further + " complete=" + of(Outcome.PASSED) + " violating="
                + (of(Outcome.FAULT) + of(Outcome.CANARY)) + " cut=" + of(Outcome.CUT_OFF) + " useless="
                + of(Outcome.USELESS) + " scenarios=" + scenarios + " steps=" + steps + " build=" + buildNanos;
    }
}
