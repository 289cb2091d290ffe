// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint;

/** Reads values in the order they were written to a {@link CheckpointOutput}. What cannot be read is thrown as a {@link CheckpointException}. */
public interface CheckpointInput {

    /** Gives the next number. */
    long number();

    /** Fills part of an array. */
    void longs(long[] values, int from, int length);

    /** Fills part of an array. */
    void ints(int[] values, int from, int length);

    /** Complains unless all was read, and nothing is missing after it. */
    void end();

    /** Gives the next number, which must be in 0..most. */
    default int count(long most) {
        long value = number();
        if (value < 0 || value > most) {
            throw new CheckpointException("the checkpoint is damaged: " + value + " where 0.." + most + " is possible");
        }
        return (int) value;
    }
}
