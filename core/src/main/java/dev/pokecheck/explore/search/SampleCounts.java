// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.schedule.Walk;
import java.util.Optional;

/** Counts runs while they are made. */
final class SampleCounts {
    private long runs;
    private long steps;
    private long complete;
    private long cutOff;

    void add(Walk.End end, int stepsOfRun) {
        runs++;
        steps += stepsOfRun;
        switch (end) {
            case COMPLETE -> complete++;
            case STEP_BOUND, SCHEDULE_END -> cutOff++;
            case INCIDENT, DEADLOCK -> {}
        }
    }

    SampleResult allRun() {
        return new SampleResult(runs, steps, complete, cutOff, "", Optional.empty());
    }

    SampleResult interrupted(String reason) {
        return new SampleResult(runs, steps, complete, cutOff, reason, Optional.empty());
    }

    SampleResult found(Finding finding) {
        return new SampleResult(runs, steps, complete, cutOff, "", Optional.of(finding));
    }
}
