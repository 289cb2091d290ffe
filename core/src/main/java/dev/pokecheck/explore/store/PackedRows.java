// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import java.util.Arrays;

/**
 * Rows of small non-negative numbers, in as many bits as they need. Every segment has a layout of its own, and only the last
 * one is written again when a number outgrows its column.
 */
final class PackedRows {
    private static final int SHIFT = 13;
    private static final int MASK = (1 << SHIFT) - 1;

    private final int columns;
    private long[][] segments = new long[4][];
    private Layout[] layouts = new Layout[4];
    private int segmentCount;
    private int size;
    private long bytes;

    PackedRows(int columns) {
        this.columns = columns;
    }

    int size() {
        return size;
    }

    /** Appends a row. */
    void append(int[] numbers) {
        int segment = size >>> SHIFT;
        if (segment == segmentCount) {
            open(segment);
        }
        if (!layouts[segment].fits(numbers)) {
            widen(segment, numbers);
        }
        layouts[segment].write(segments[segment], size & MASK, numbers);
        size++;
    }

    /** Whether a row begins with the first {@code length} of these numbers. */
    boolean startsWith(int row, int[] numbers, int length) {
        Layout layout = layouts[row >>> SHIFT];
        long[] segment = segments[row >>> SHIFT];
        int bit = layout.bit(row & MASK);
        for (int column = 0; column < length; column++) {
            if (layout.read(segment, bit, column) != numbers[column]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a row. */
    void copy(int row, int[] numbers) {
        Layout layout = layouts[row >>> SHIFT];
        long[] segment = segments[row >>> SHIFT];
        int bit = layout.bit(row & MASK);
        for (int column = 0; column < columns; column++) {
            numbers[column] = layout.read(segment, bit, column);
        }
    }

    /** Reads one number. */
    int get(int row, int column) {
        Layout layout = layouts[row >>> SHIFT];
        return layout.read(segments[row >>> SHIFT], layout.bit(row & MASK), column);
    }

    void writeTo(CheckpointOutput sink) {
        sink.number(size);
        for (int segment = 0; segment < segmentCount; segment++) {
            layouts[segment].writeTo(sink);
            sink.longs(segments[segment], 0, segments[segment].length);
        }
    }

    /** Fills empty rows. */
    void readFrom(CheckpointInput source) {
        size = source.count(StateStore.MAX_STATES);
        segmentCount = (int) ((size + (long) MASK) >>> SHIFT);
        segments = Arrays.copyOf(segments, LongRows.room(segments.length, segmentCount));
        layouts = Arrays.copyOf(layouts, segments.length);
        for (int segment = 0; segment < segmentCount; segment++) {
            layouts[segment] = Layout.readFrom(source, columns);
            segments[segment] = layouts[segment].segment();
            source.longs(segments[segment], 0, segments[segment].length);
            bytes += cost(segment);
        }
    }

    long bytes() {
        return bytes;
    }

    private void open(int segment) {
        if (segment == segments.length) {
            layouts = Arrays.copyOf(layouts, 2 * segment);
            segments = Arrays.copyOf(segments, 2 * segment);
        }
        layouts[segment] = segment == 0 ? Layout.narrowest(columns) : layouts[segment - 1];
        segments[segment] = layouts[segment].segment();
        bytes += cost(segment);
        segmentCount++;
    }

    private void widen(int segment, int[] numbers) {
        Layout wide = layouts[segment].widened(numbers);
        long[] words = wide.segment();
        int[] row = new int[columns];
        for (int i = 0; i < (size & MASK); i++) {
            copy((segment << SHIFT) + i, row);
            wide.write(words, i, row);
        }
        bytes -= cost(segment);
        layouts[segment] = wide;
        segments[segment] = words;
        bytes += cost(segment);
    }

    private long cost(int segment) {
        return (long) segments[segment].length * Long.BYTES + LongRows.ARRAY_COST + 4;
    }

    /** Where the columns of a row stand: at most 31 bits each, one after the other. */
    private static final class Layout {
        private final int[] offsets;
        private final long[] masks;
        private final int bits;

        private Layout(long[] masks) {
            this.masks = masks;
            this.offsets = new int[masks.length];
            int bit = 0;
            for (int column = 0; column < masks.length; column++) {
                offsets[column] = bit;
                bit += Long.bitCount(masks[column]);
            }
            this.bits = bit;
        }

        static Layout narrowest(int columns) {
            long[] masks = new long[columns];
            Arrays.fill(masks, 1);
            return new Layout(masks);
        }

        static Layout readFrom(CheckpointInput source, int columns) {
            long[] masks = new long[columns];
            source.longs(masks, 0, columns);
            for (long mask : masks) {
                if (mask < 1 || mask > Integer.MAX_VALUE || (mask & (mask + 1)) != 0) {
                    throw new CheckpointException("the checkpoint is damaged: no column is as wide as " + mask);
                }
            }
            return new Layout(masks);
        }

        void writeTo(CheckpointOutput sink) {
            sink.longs(masks, 0, masks.length);
        }

        Layout widened(int[] numbers) {
            long[] wide = masks.clone();
            for (int column = 0; column < wide.length; column++) {
                while (numbers[column] > wide[column]) {
                    wide[column] = 2 * wide[column] + 1;
                }
            }
            return new Layout(wide);
        }

        boolean fits(int[] numbers) {
            for (int column = 0; column < masks.length; column++) {
                if (numbers[column] > masks[column]) {
                    return false;
                }
            }
            return true;
        }

        /** An empty segment, with one word more than its rows fill, as {@link #read} takes two at a time. */
        long[] segment() {
            return new long[((bits << SHIFT) >>> 6) + 1];
        }

        int bit(int row) {
            return row * bits;
        }

        int read(long[] segment, int rowBit, int column) {
            int bit = rowBit + offsets[column];
            int word = bit >>> 6;
            return (int) (((segment[word] >>> bit) | ((segment[word + 1] << 1) << ~bit)) & masks[column]);
        }

        void write(long[] segment, int row, int[] numbers) {
            for (int column = 0; column < masks.length; column++) {
                int bit = bit(row) + offsets[column];
                int word = bit >>> 6;
                segment[word] |= (long) numbers[column] << bit;
                segment[word + 1] |= ((long) numbers[column] >>> 1) >>> ~bit;
            }
        }
    }
}
