// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.text.TableFullException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs inputs, each as a {@link Burst} of schedules, and compares the two judges after every run. Machines are kept. */
public final class SequenceRun {
    /** The runs of an input in a session. */
    public static final int RUNS = 64;

    private static final int KEPT = 512;

    /** How a run ended. */
    public enum Outcome {
        /** The engine cannot be recorded for the sites. */
        USELESS,
        /** Nothing went wrong. */
        PASSED,
        /** The run was cut off before all was done. */
        CUT_OFF,
        /** Both judges found the same fault, of an engine that promises nothing here. */
        FAULT,
        /** Both judges found the same fault, of the engine that is broken on purpose. */
        CANARY
    }

    private final int runs;
    private final Guide guide;
    private final Predicate<HeardStep> heard;
    private final SequenceCounts counts = new SequenceCounts();
    private final Map<SequenceCase.Meaning, Optional<SequenceLane>> lanes = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SequenceCase.Meaning, Optional<SequenceLane>> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * A runner.
     *
     * @param runs the runs of each input, at least 1: its own schedule comes first
     * @param guide what the fuzzer is told of each run
     */
    public SequenceRun(int runs, Guide guide) {
        this(runs, guide, step -> true);
    }

    /** One whose reference hears some of the steps only. */
    SequenceRun(int runs, Guide guide, Predicate<HeardStep> heard) {
        this.runs = runs;
        this.guide = guide;
        this.heard = heard;
    }

    /** How the runs so far ended. */
    public SequenceCounts counts() {
        return counts;
    }

    /**
     * Runs an input, and says how its own schedule ended.
     *
     * @throws AssertionError if in any run the judges differ, or an engine breaks a promise; it names the run
     */
    public Outcome run(byte[] input) {
        long start = System.nanoTime();
        SequenceCase what = new SequenceCase(input);
        Optional<SequenceLane> lane = lanes.get(what.meaning());
        if (lane == null) {
            lane = build(what);
            lanes.put(what.meaning(), lane);
        }
        counts.built(System.nanoTime() - start);
        return lane.map(kept -> run(kept, new Burst(input, SequenceCase.HEADER)))
                .orElseGet(() -> counts.add(Outcome.USELESS, 0, 0));
    }

    private Outcome run(SequenceLane lane, Burst burst) {
        Outcome own = Outcome.USELESS;
        for (int number = 0; number < runs; number++) {
            Outcome outcome = run(lane, burst, number);
            counts.add(outcome, number, lane.steps());
            own = number == 0 ? outcome : own;
        }
        return own;
    }

    private Outcome run(SequenceLane lane, Burst burst, int number) {
        try {
            return lane.run(burst.run(number), number);
        } catch (TableFullException e) {
            // All runs of this machine together were too many for its tables; the next input gets a machine with empty
            // ones.
            lanes.values().removeIf(kept -> kept.isPresent() && kept.get() == lane);
            return Outcome.CUT_OFF;
        }
    }

    private Optional<SequenceLane> build(SequenceCase what) {
        try {
            Machine machine = what.machine();
            counts.scenario();
            return Optional.of(new SequenceLane(what, machine, guide, heard));
        } catch (IllegalArgumentException e) {
            // Not every engine takes every site; that is a property of the pair.
            return Optional.empty();
        }
    }
}
