// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;

/** Runs a system many times under a scheduler and counts how the runs end. Says nothing of the runs it did not make. */
public final class Sampler {
    private static final int RUNS_PER_POLL = 64;

    private Sampler() {}

    /**
     * Makes runs until one ends in an incident or a deadlock, all are made, the budget is spent, or a table of the system is full. The run that
     * filled it does not count, and no other is made: those that are left would all be of a kind.
     *
     * @param runs how many to make at most, numbered from 0
     * @param limits when a run ends
     * @param budget asked every few runs; a single run cannot be interrupted but by its bound of steps
     */
    public static SampleResult run(
            TransitionSystem system, Scheduler scheduler, long runs, Walk.Limits limits, Budget budget) {
        RecordingScheduler recording = new RecordingScheduler(scheduler);
        Walk walk = new Walk(system, limits);
        SampleCounts counts = new SampleCounts();
        for (long run = 0; run < runs; run++) {
            if (run % RUNS_PER_POLL == 0) {
                String spent = budget.spent();
                if (spent != null) {
                    return counts.interrupted(spent);
                }
            }
            Walk.End end;
            try {
                end = walk.run(recording, run);
            } catch (TableFullException e) {
                return counts.interrupted(e.bound());
            }
            counts.add(end, walk.steps());
            if (end == Walk.End.INCIDENT) {
                long incident = Long.lowestOneBit(walk.incidents() & limits.stopOn());
                return counts.found(Finding.incident(incident, recording.actions()));
            }
            if (end == Walk.End.DEADLOCK) {
                return counts.found(Finding.deadlock(recording.actions()));
            }
        }
        return counts.allRun();
    }
}
