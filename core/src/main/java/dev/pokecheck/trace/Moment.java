// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.ActionKind;
import java.util.List;
import java.util.Optional;

/**
 * When a byte stood in memory.
 *
 * @param stale whether it no longer did when it was seen
 * @param by the step that brought it or, if it is stale, that ended it; empty if it stood there from the start
 */
record Moment(boolean stale, Optional<TraceStep> by) {
    /** Whether the byte beside it has the same history: the same step, or another piece of the same store. */
    boolean joins(Moment next) {
        return stale == next.stale && writer().equals(next.writer());
    }

    private String writer() {
        return by.map(step -> "cpu" + step.cpu() + " "
                        + (step.kind() == ActionKind.DRAIN
                                ? "drain"
                                : step.context().label()))
                .orElse("");
    }

    /** The history of bytes that join each other. */
    static String text(List<Moment> moments) {
        Moment first = moments.get(0);
        if (first.by.isEmpty()) {
            return "as in memory from the start";
        }
        int from = moments.stream().mapToInt(Moment::number).min().orElse(0);
        int to = moments.stream().mapToInt(Moment::number).max().orElse(0);
        String steps = from == to ? "step " + from : "steps " + from + "-" + to;
        String what = first.stale ? "stale: in memory only until " : "as in memory since ";
        return what + steps + " (" + first.writer() + ")";
    }

    private int number() {
        return by.map(TraceStep::number).orElse(0);
    }
}
