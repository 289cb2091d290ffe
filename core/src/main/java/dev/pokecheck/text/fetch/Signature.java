// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.Arrays;

/**
 * All that later fetches, stores and serializations of a history depend on, as a row of numbers: histories with equal signatures are one
 * view. One object is filled again and again.
 *
 * <p>What it is made of is for the {@link Shape} to say. Where fetches are coherent among themselves, it is the whole history.
 */
public final class Signature {
    private final Shape shape;
    private final boolean fetchCoherent;
    private final long[] chunkMask;
    private long[] numbers = new long[64];
    private int size;

    /**
     * @param shape how the chunks of one instruction may differ
     * @param fetchCoherent whether a fetch may not see a chunk older than the same CPU has already seen it
     * @param chunkMask for each chunk, the bits of a content that stand for it
     */
    public Signature(Shape shape, boolean fetchCoherent, long[] chunkMask) {
        this.shape = shape;
        this.fetchCoherent = fetchCoherent;
        this.chunkMask = chunkMask;
    }

    /**
     * Becomes the signature of a history.
     *
     * @param contents what memory has held, oldest first
     * @param since for each chunk, the first of them that may still be seen
     */
    public Signature of(long[] contents, int[] since) {
        size = 0;
        if (fetchCoherent) {
            for (int s : since) {
                add(s);
            }
            for (long content : contents) {
                add(content);
            }
        } else {
            shape.sign(this, contents);
        }
        return this;
    }

    /** Adds the set of contents: for one common time. */
    void addContents(long[] contents) {
        addValues(contents, -1L, 0, contents.length - 1);
    }

    /** Adds the set of values of each chunk: for times that do not depend on each other. */
    void addChunks(long[] contents) {
        for (long mask : chunkMask) {
            addValues(contents, mask, 0, contents.length - 1);
        }
    }

    /**
     * Adds, for each chunk that an instruction may start in and each value of it, the values that the later chunks may have beside it if they
     * must not be newer. Of the times at which the first chunk had a value, the last allows most; so that one is enough.
     */
    void addChunksUntilFirst(long[] contents) {
        addOrdered(contents, true);
    }

    /** Adds the same for later chunks that must not be older. Of the times at which the first chunk had a value, the first allows most. */
    void addChunksFromFirst(long[] contents) {
        addOrdered(contents, false);
    }

    private void addOrdered(long[] contents, boolean untilFirst) {
        int last = contents.length - 1;
        for (int first = 0; first < chunkMask.length; first++) {
            int from = size + 1;
            addValues(contents, chunkMask[first], 0, last);
            int to = size;
            for (int i = from; i < to; i++) {
                int time = timeOf(contents, chunkMask[first], numbers[i], untilFirst);
                for (int later = first + 1; later < chunkMask.length; later++) {
                    addValues(contents, chunkMask[later], untilFirst ? 0 : time, untilFirst ? time : last);
                }
            }
        }
    }

    private static int timeOf(long[] contents, long mask, long value, boolean last) {
        int time = -1;
        for (int t = 0; t < contents.length; t++) {
            if ((contents[t] & mask) == value && (time < 0 || last)) {
                time = t;
            }
        }
        return time;
    }

    /** Appends the number of distinct values in a stretch of time, then the values, ascending. */
    private void addValues(long[] contents, long mask, int from, int to) {
        int count = size;
        add(0);
        int first = size;
        for (int t = from; t <= to; t++) {
            add(contents[t] & mask);
        }
        Arrays.sort(numbers, first, size);
        int kept = first;
        for (int i = first; i < size; i++) {
            if (i == first || numbers[i] != numbers[i - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        numbers[count] = (long) kept - first;
        size = kept;
    }

    private void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /** A hash of it. */
    public long hash() {
        long hash = size;
        for (int i = 0; i < size; i++) {
            hash = (hash ^ numbers[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** Whether another one has the same numbers. */
    public boolean isSameAs(Signature other) {
        return Arrays.equals(numbers, 0, size, other.numbers, 0, other.size);
    }
}
