// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;

/** What the present action has run into, and what all actions so far have reached. */
final class StepLog {
    /** An action begins an execution, ends one, or both, or marks a patch call. */
    private static final int MAX_EVENTS = 4;

    private final long fatal;
    private final long[] events = new long[MAX_EVENTS];
    private int eventCount;
    private long incidents;
    private boolean progressed;
    private long reached;

    /** @param fatal the incidents after which the rest of a run is meaningless */
    StepLog(long fatal) {
        this.fatal = fatal;
    }

    /** A new action begins. */
    void clear() {
        incidents = 0;
        progressed = false;
        eventCount = 0;
    }

    /** Adds to the history of executions and patch calls: {@link Event}. */
    void event(long event) {
        events[eventCount++] = event;
    }

    int events() {
        return eventCount;
    }

    long event(int number) {
        return events[number];
    }

    void incident(Incident incident) {
        incidents |= incident.bit();
    }

    /** The same for a set of bits. */
    void incidents(long bits) {
        incidents |= bits;
    }

    /** What went wrong in the present action, as bits of {@link Incident}. */
    long incidents() {
        return incidents;
    }

    /** No fatal incident so far in this action. */
    boolean canContinue() {
        return (incidents & fatal) == 0;
    }

    /** The step of the present action that was to end the run is taken back. */
    void takeBackFatal() {
        incidents &= ~fatal;
    }

    /** The action has completed something: an execution, a patch call, the round of a thread. */
    void progress() {
        progressed = true;
    }

    boolean progressed() {
        return progressed;
    }

    void reach(Reached what) {
        reached |= what.bit();
    }

    /** The situations met so far, as bits of {@link Reached}. */
    long reached() {
        return reached;
    }

    void setReached(long situations) {
        reached = situations;
    }
}
