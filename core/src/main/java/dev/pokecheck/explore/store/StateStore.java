// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/**
 * The set of visited states, numbered from 0 in the order in which they came, each with the number of its parent. Exact: a
 * state is known only if it is there word by word.
 *
 * <p>What is put is likely to resemble the state that was loaded last, from which it was made, and a store may use that. An
 * {@link OutOfMemoryError} may leave a store unable to {@link #put}; what was in it can still be loaded.
 */
public interface StateStore {

    /** The greatest number of states of a store. */
    int MAX_STATES = Integer.MAX_VALUE - 1;

    /** What {@link #put} returns for a new state that is one too many. */
    int FULL = Integer.MIN_VALUE;

    /** For stores that use every bit of their hashes; a test takes bits away until all states collide. */
    long ALL_BITS = -1L;

    /**
     * Puts a state in. Its parent, should it be new, is the state that was loaded last.
     *
     * @return the number of the state if it is new, the complement {@code ~number} if it was there, or {@link #FULL}
     */
    int put(long[] state);

    /** Writes the words of a state into {@code state}. */
    void load(int number, long[] state);

    /** The parent of a state; -1 for the first. */
    int parent(int number);

    /** The number of states. */
    int size();

    /** What all arrays of the store occupy. */
    long bytes();

    /** Writes all states. */
    void writeTo(CheckpointOutput sink);

    /** Fills an empty store with the states of another one of the same sort. None counts as loaded. */
    void readFrom(CheckpointInput source);

    /** Gives memory back; from now on states can be loaded and no longer put. */
    void seal();
}
