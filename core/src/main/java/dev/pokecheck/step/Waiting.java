// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Expr;

/** What a step waits for while it is not ready, for explanations. */
public sealed interface Waiting {
    /** Until the store buffer of its CPU is empty, or has room. Of a step that is always ready, nothing. */
    record Buffer() implements Waiting {}

    /**
     * Until a condition on a shared variable holds.
     *
     * @param condition the condition
     */
    record Condition(Code condition) implements Waiting {
        /** The condition as it was written. */
        public Expr source() {
            return condition.source();
        }
    }

    /**
     * Until a lock is free.
     *
     * @param cell the lock
     * @param free its value then
     */
    record Lock(Cell cell, Code free) implements Waiting {}

    /**
     * Until no other CPU owes something any more.
     *
     * @param owing what they owe
     * @param until the same as a clause
     */
    record Others(Owing owing, String until) implements Waiting {}

    /**
     * Until the CPU that runs {@code stop_machine} does something.
     *
     * @param until what, as a clause
     * @param now how things are instead
     */
    record Stopper(String until, String now) implements Waiting {}

    /**
     * Until the thread of a CPU is suspended, or not suspended.
     *
     * @param cpu the CPU
     * @param until which, as a clause
     */
    record Suspended(Code cpu, String until) implements Waiting {}

    /**
     * Until a CPU is offline.
     *
     * @param cpu the CPU
     */
    record Offline(Code cpu) implements Waiting {}

    /** The end of a routine: of a function of {@code stop_machine} as {@code stopper} says, of a handler until the store buffer is empty. */
    record Return(Stopper stopper) implements Waiting {}

    /** {@link Buffer}. */
    Waiting BUFFER = new Buffer();
}
