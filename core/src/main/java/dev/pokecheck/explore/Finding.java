// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import java.util.Arrays;

/** Something a search or a sample came upon, and the actions that lead there from the initial state. */
public final class Finding {

    /** What sort of thing was found. */
    public enum Kind {
        /** The last action raised an incident, or led to a state that shows it. */
        INCIDENT,
        /** The schedule leads to a state that enables nothing and is not complete. */
        DEADLOCK,
        /** The schedule leads to a state from which no complete state can be reached. */
        STUCK
    }

    private final Kind kind;
    private final long incident;
    private final int[] schedule;

    private Finding(Kind kind, long incident, int[] schedule) {
        this.kind = kind;
        this.incident = incident;
        this.schedule = schedule.clone();
    }

    static Finding incident(long incident, int[] schedule) {
        return new Finding(Kind.INCIDENT, incident, schedule);
    }

    static Finding deadlock(int[] schedule) {
        return new Finding(Kind.DEADLOCK, 0, schedule);
    }

    static Finding stuck(int[] schedule) {
        return new Finding(Kind.STUCK, 0, schedule);
    }

    /** The same finding with another schedule. */
    static Finding with(Finding finding, int[] schedule) {
        return new Finding(finding.kind, finding.incident, schedule);
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

    /** The number of actions of the schedule. */
    public int depth() {
        return schedule.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Finding that
                && kind == that.kind
                && incident == that.incident
                && Arrays.equals(schedule, that.schedule);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(incident) + Arrays.hashCode(schedule);
    }

    @Override
    public String toString() {
        String name = kind == Kind.INCIDENT ? "INCIDENT " + Long.numberOfTrailingZeros(incident) : kind.name();
        return name + " after " + Arrays.toString(schedule);
    }
}
