// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;

/**
 * All that later fetches, stores and serializations of a history depend on, as a row of numbers: histories with equal signatures are one
 * view. One object is filled again and again.
 *
 * <p>Without order of times: the set of contents (one common time), or the set of values of each chunk (free times). With
 * order: for each chunk that an instruction may start in, and each value of it, the values that the later chunks may have
 * beside it. Of the times at which the first chunk had a value, the last allows most if later chunks must not be newer, and
 * the first if they must not be older; so one time a value is enough. Where fetches are coherent among themselves, it is the whole history.
 */
final class Signature {
    private final FetchModel model;
    private final boolean fetchCoherent;
    private final long[] chunkMask;
    private long[] numbers = new long[64];
    private int size;

    Signature(FetchModel model, boolean fetchCoherent, long[] chunkMask) {
        this.model = model;
        this.fetchCoherent = fetchCoherent;
        this.chunkMask = chunkMask;
    }

    /** Becomes the signature of a history. */
    Signature of(long[] contents, int[] since) {
        size = 0;
        int last = contents.length - 1;
        if (fetchCoherent) {
            for (int s : since) {
                add(s);
            }
            for (long content : contents) {
                add(content);
            }
        } else if (model == FetchModel.COHERENT || model == FetchModel.STALE_INSN) {
            addValues(contents, -1L, 0, last);
        } else if (!model.ordered()) {
            for (long mask : chunkMask) {
                addValues(contents, mask, 0, last);
            }
        } else {
            for (int first = 0; first < chunkMask.length; first++) {
                addOrdered(contents, first);
            }
        }
        return this;
    }

    private void addOrdered(long[] contents, int first) {
        int last = contents.length - 1;
        int from = size + 1;
        addValues(contents, chunkMask[first], 0, last);
        int to = size;
        for (int i = from; i < to; i++) {
            int time = timeOf(contents, chunkMask[first], numbers[i]);
            for (int later = first + 1; later < chunkMask.length; later++) {
                if (model == FetchModel.STALE_TAIL) {
                    addValues(contents, chunkMask[later], 0, time);
                } else {
                    addValues(contents, chunkMask[later], time, last);
                }
            }
        }
    }

    private int timeOf(long[] contents, long mask, long value) {
        int time = -1;
        for (int t = 0; t < contents.length; t++) {
            if ((contents[t] & mask) == value && (time < 0 || model == FetchModel.STALE_TAIL)) {
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

    long hash() {
        long hash = size;
        for (int i = 0; i < size; i++) {
            hash = (hash ^ numbers[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    boolean isSameAs(Signature other) {
        return Arrays.equals(numbers, 0, size, other.numbers, 0, other.size);
    }
}
