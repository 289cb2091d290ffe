// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import java.util.Arrays;

/**
 * Rows of a fixed number of words, in segments: it grows without copying, and without arrays so large that a collector sets
 * whole regions aside for each.
 */
public final class LongRows {
    /** What an array costs besides its elements: its header and the reference to it, on a HotSpot with small pointers. */
    public static final int ARRAY_COST = 20;

    private static final int SEGMENT_WORDS = 1 << 13;

    private final int width;
    /** A segment has 2<sup>shift</sup> rows. */
    private final int shift;

    private long[][] segments = new long[4][];
    private int segmentCount;
    private int size;

    LongRows(int width) {
        this.width = width;
        this.shift = Math.max(0, 31 - Integer.numberOfLeadingZeros(SEGMENT_WORDS / width));
    }

    int size() {
        return size;
    }

    /** Appends the words from {@code from} on, and returns the number of the row. */
    int append(long[] words, int from) {
        int segment = size >>> shift;
        if (segment == segmentCount) {
            if (segment == segments.length) {
                segments = Arrays.copyOf(segments, 2 * segment);
            }
            segments[segment] = new long[width << shift];
            segmentCount++;
        }
        System.arraycopy(words, from, segments[segment], offset(size), width);
        return size++;
    }

    boolean equal(int row, long[] words, int from) {
        long[] segment = segments[row >>> shift];
        int offset = offset(row);
        for (int i = 0; i < width; i++) {
            if (segment[offset + i] != words[from + i]) {
                return false;
            }
        }
        return true;
    }

    void copy(int row, long[] words, int from) {
        long[] segment = segments[row >>> shift];
        int offset = offset(row);
        for (int i = 0; i < width; i++) {
            words[from + i] = segment[offset + i];
        }
    }

    long hash(int row) {
        return Hash.of(segments[row >>> shift], offset(row), width);
    }

    void writeTo(CheckpointOutput sink) {
        sink.number(size);
        for (int segment = 0; segment < segmentCount; segment++) {
            sink.longs(segments[segment], 0, usedWords(segment));
        }
    }

    /** Fills empty rows. */
    void readFrom(CheckpointInput source) {
        size = source.count(StateStore.MAX_STATES);
        segmentCount = (int) ((size + (1L << shift) - 1) >>> shift);
        segments = Arrays.copyOf(segments, room(segments.length, segmentCount));
        for (int segment = 0; segment < segmentCount; segment++) {
            segments[segment] = new long[width << shift];
            source.longs(segments[segment], 0, usedWords(segment));
        }
    }

    private int usedWords(int segment) {
        return Math.min(size - (segment << shift), 1 << shift) * width;
    }

    /** What becomes of an array that is doubled until it has room. */
    public static int room(int length, int wanted) {
        int room = length;
        while (room < wanted) {
            room *= 2;
        }
        return room;
    }

    long bytes() {
        return segmentCount * (((long) width << shift) * Long.BYTES + ARRAY_COST);
    }

    private int offset(int row) {
        return (row & ((1 << shift) - 1)) * width;
    }
}
