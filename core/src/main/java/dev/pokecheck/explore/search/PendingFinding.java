// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/**
 * Something that a search has come upon, by the numbers of states; its schedule is worked out when the search is over.
 *
 * @param kind what sort of thing; livelocks are found last, and never wait
 * @param incident the bit of an incident, else 0
 * @param state the state that shows it, or in which the step was taken that raised it
 * @param action that step, or {@link #NO_ACTION}
 */
record PendingFinding(Finding.Kind kind, long incident, int state, int action) {
    /** The state shows it by itself. */
    static final int NO_ACTION = -1;

    Finding explain(Paths paths) {
        int[] schedule = action == NO_ACTION ? paths.to(state) : paths.to(state, action);
        return switch (kind) {
            case INCIDENT -> Finding.incident(incident, schedule);
            case DEADLOCK -> Finding.deadlock(schedule);
            case STUCK -> Finding.stuck(schedule);
            case LIVELOCK -> throw new IllegalStateException("a livelock has a loop, too");
        };
    }

    void writeTo(CheckpointOutput sink) {
        sink.number(kind.ordinal());
        sink.number(incident);
        sink.number(state);
        sink.number(action);
    }

    static PendingFinding readFrom(CheckpointInput source) {
        Finding.Kind kind = Finding.Kind.values()[source.count(Finding.Kind.values().length - 1L)];
        return new PendingFinding(kind, source.number(), (int) source.number(), (int) source.number());
    }
}
