// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.explore.store.LongRows;
import java.util.Arrays;

/**
 * The steps that a search has taken, as blocks in the order in which states were expanded: a state, the states that its steps
 * lead to, and a negative number that closes the block and says how long it is. Blocks can be read forward and backward. A step
 * may be marked.
 */
final class Edges {
    private static final int SEGMENT_BITS = 14;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private int[][] segments = new int[4][];
    /** A bit for each value: whether it is marked. */
    private long[][] marks = new long[4][];

    private int segmentCount;
    private long size;
    private int degree;

    /** Begins the block of a state. */
    void begin(int state) {
        degree = 0;
        append(state);
    }

    /** Adds a step to the block, marked or not. */
    void add(int target, boolean marked) {
        degree++;
        append(target);
        if (marked) {
            long last = size - 1;
            marks[(int) (last >>> SEGMENT_BITS)][((int) last & SEGMENT_MASK) / Long.SIZE] |= 1L << last;
        }
    }

    /** Closes the block. */
    void end() {
        append(-1 - degree);
    }

    private void append(int value) {
        int segment = (int) (size >>> SEGMENT_BITS);
        if (segment == segmentCount) {
            if (segment == segments.length) {
                segments = Arrays.copyOf(segments, 2 * segment);
                marks = Arrays.copyOf(marks, 2 * segment);
            }
            segments[segment] = new int[1 << SEGMENT_BITS];
            marks[segment] = new long[(1 << SEGMENT_BITS) / Long.SIZE];
            segmentCount++;
        }
        segments[segment][(int) size & SEGMENT_MASK] = value;
        size++;
    }

    /** Writes all blocks; none may be open. */
    void writeTo(CheckpointOutput sink) {
        sink.number(size);
        for (int segment = 0; segment < segmentCount; segment++) {
            sink.ints(segments[segment], 0, used(segment));
            sink.longs(marks[segment], 0, marks[segment].length);
        }
    }

    /** Takes the blocks of others; there must be none. */
    void readFrom(CheckpointInput source) {
        size = source.number();
        segmentCount = (int) ((size + SEGMENT_MASK) >>> SEGMENT_BITS);
        segments = Arrays.copyOf(segments, LongRows.room(segments.length, segmentCount));
        marks = Arrays.copyOf(marks, segments.length);
        for (int segment = 0; segment < segmentCount; segment++) {
            segments[segment] = new int[1 << SEGMENT_BITS];
            marks[segment] = new long[(1 << SEGMENT_BITS) / Long.SIZE];
            source.ints(segments[segment], 0, used(segment));
            source.longs(marks[segment], 0, marks[segment].length);
        }
    }

    private int used(int segment) {
        return (int) Math.min(size - ((long) segment << SEGMENT_BITS), 1 << SEGMENT_BITS);
    }

    /** The number of values in all blocks. */
    long size() {
        return size;
    }

    /** The state of the block that begins at a position, or a target, or, negative, the end of the block. */
    int at(long position) {
        return segments[(int) (position >>> SEGMENT_BITS)][(int) position & SEGMENT_MASK];
    }

    /** Whether the step at a position is marked. */
    boolean isMarked(long position) {
        long bits = marks[(int) (position >>> SEGMENT_BITS)][((int) position & SEGMENT_MASK) / Long.SIZE];
        return (bits >>> position & 1) != 0;
    }

    /** Where the block begins that follows the one that begins at a position. */
    long behind(long begin) {
        long position = begin;
        while (at(position) >= 0) {
            position++;
        }
        return position + 1;
    }

    /** Where the block begins whose end stands at a position. */
    long beginOf(long end) {
        return end + at(end);
    }

    long bytes() {
        long values = 1L << SEGMENT_BITS;
        return segmentCount * (Integer.BYTES * values + values / Byte.SIZE + 2L * LongRows.ARRAY_COST);
    }
}
