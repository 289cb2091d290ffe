// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint;

/** Takes numbers one after the other. What cannot be written is thrown as an {@link java.io.UncheckedIOException}. */
public interface CheckpointOutput {

    /** Takes one number. */
    void number(long value);

    /** Takes part of an array. */
    void longs(long[] values, int from, int length);

    /** Takes part of an array. */
    void ints(int[] values, int from, int length);
}
