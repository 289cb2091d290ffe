// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** Something a search or a sample came upon, and the actions that lead there from the initial state. */
public final class Finding {

    /** What sort of thing was found. */
    public enum Kind {
        /** The last action raised an incident, or led to a state that shows it. */
        INCIDENT,
        /** The schedule leads to a state that enables nothing and is not complete. */
        DEADLOCK,
        /** The schedule leads to a state from which no complete state can be reached. */
        STUCK,
        /** The schedule ends in a loop that can go on for ever, is fair, and completes nothing: {@link Finding#loop}. */
        LIVELOCK
    }

    /**
     * The loop of a livelock.
     *
     * @param from how many actions of the schedule lead to it; the others are the loop
     * @param missed whether it rests on somebody who could step at times and never does, as a wait for a condition that comes and goes
     */
    public record Loop(int from, boolean missed) {}

    private final Kind kind;
    private final long incident;
    private final int[] schedule;
    private final Optional<Loop> loop;

    private Finding(Kind kind, long incident, int[] schedule, Optional<Loop> loop) {
        this.kind = kind;
        this.incident = incident;
        this.schedule = schedule.clone();
        this.loop = loop;
    }

    private Finding(Kind kind, long incident, int[] schedule) {
        this(kind, incident, schedule, Optional.empty());
    }

    public static Finding incident(long incident, int[] schedule) {
        return new Finding(Kind.INCIDENT, incident, schedule);
    }

    public static Finding deadlock(int[] schedule) {
        return new Finding(Kind.DEADLOCK, 0, schedule);
    }

    public static Finding stuck(int[] schedule) {
        return new Finding(Kind.STUCK, 0, schedule);
    }

    public static Finding livelock(int[] schedule, Loop loop) {
        return new Finding(Kind.LIVELOCK, 0, schedule, Optional.of(loop));
    }

    /** The same finding with another schedule; of a livelock, with the same number of actions before the loop. */
    public static Finding with(Finding finding, int[] schedule) {
        return new Finding(finding.kind, finding.incident, schedule, finding.loop);
    }

    public Kind kind() {
        return kind;
    }

    /** The one bit of the incident; 0 for the other kinds. */
    public long incident() {
        return incident;
    }

    /** A copy of the actions from the initial state on. */
    public int[] schedule() {
        return schedule.clone();
    }

    /** How many actions of the schedule lead to the loop of a livelock; empty for the other kinds. */
    public OptionalInt loopStart() {
        return loop.isPresent() ? OptionalInt.of(loop.get().from()) : OptionalInt.empty();
    }

    /** The loop of a livelock; empty for the other kinds. */
    public Optional<Loop> loop() {
        return loop;
    }

    /** The number of actions of the schedule. */
    public int depth() {
        return schedule.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Finding that
                && kind == that.kind
                && incident == that.incident
                && loop.equals(that.loop)
                && Arrays.equals(schedule, that.schedule);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(incident) + Arrays.hashCode(schedule);
    }

    @Override
    public String toString() {
        String name = kind == Kind.INCIDENT ? "INCIDENT " + Long.numberOfTrailingZeros(incident) : kind.name();
        return name + " after " + Arrays.toString(schedule)
                + loop.map(it -> ", loop from " + it.from() + (it.missed() ? ", missed" : ""))
                        .orElse("");
    }
}
