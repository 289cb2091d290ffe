// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Where a search leaves, from time to time, what it takes to go on later in another process, and where it finds what an earlier one has left.
 *
 * <p>A search that goes on ends as if it had never stopped: with the same states, transitions, depth and findings. For that it must be a search of
 * the same system with the same options; only the bounds may be others.
 */
public interface Checkpoints {

    /** Leaves nothing, and begins at the start. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void save(Snapshot snapshot) {
            throw new IllegalStateException("nothing is due");
        }

        @Override
        public void ended(boolean atBound) {
            // Nothing was left that could go.
        }

        @Override
        public @Nullable CheckpointInput former() {
            return null;
        }
    };

    /** The situation of a search that stands still for a moment. */
    @FunctionalInterface
    interface Snapshot {
        /** Writes all of it. */
        void writeTo(CheckpointOutput sink);
    }

    /**
     * Asked every few thousand transitions, and between the sweeps of the checks behind exhaustion, whether it is time to save. The
     * answer changes nothing of what a search finds.
     */
    boolean due();

    /** Called after {@link #due}, when the present state has been expanded or the next sweep made; and when the budget has ended the search. */
    void save(Snapshot snapshot);

    /**
     * Told when the search has ended.
     *
     * @param atBound whether a bound of states, time or memory has ended it, so that another search can go on; a full table of the system
     *     is none of these, as it is just as full in any other search
     */
    void ended(boolean atBound);

    /** What an earlier search has left; null to begin at the start. Asked once. */
    @Nullable
    CheckpointInput former();
}
