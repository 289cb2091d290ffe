// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.machine.TransitionSystem;

/** How visited states are kept. All are exact and number the states alike; only memory and speed differ. */
public enum Storage {
    /** All words of every state. */
    PLAIN {
        @Override
        public StateStore store(TransitionSystem system, int limit) {
            return new PlainStore(system.words(), limit, StateStore.ALL_BITS);
        }
    },

    /**
     * Every distinct part of a state once, and a state as the numbers of its parts (G. Holzmann, <em>State compression in
     * SPIN: recursive indexing and compression training runs</em>, SPIN 1997).
     */
    COLLAPSED {
        @Override
        public StateStore store(TransitionSystem system, int limit) {
            return new CollapsedStore(system.words(), system.partStarts(), limit, StateStore.ALL_BITS);
        }
    };

    /** An empty store for states of a system that takes {@code limit} of them. */
    public abstract StateStore store(TransitionSystem system, int limit);
}
