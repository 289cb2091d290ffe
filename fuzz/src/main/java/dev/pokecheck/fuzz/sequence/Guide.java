// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;

/** What tells the fuzzer of the states that runs reach, so that it keeps inputs that reach new ones. */
public interface Guide {
    /** Tells nothing. */
    Guide NONE = new Guide() {
        @Override
        public Scheduler watch(Machine machine, long kind, Scheduler scheduler) {
            return scheduler;
        }

        @Override
        public void tell() {}
    };

    /**
     * A scheduler that picks what another picks on a machine, and notes what that leads to.
     *
     * @param kind a number; the same state in another kind is another state
     */
    Scheduler watch(Machine machine, long kind, Scheduler scheduler);

    /** Tells the fuzzer what the last run has reached. */
    void tell();
}
