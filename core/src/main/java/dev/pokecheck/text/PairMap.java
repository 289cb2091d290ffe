// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;

/**
 * A map from pairs of an {@code int} and a {@code long} to non-negative {@code int} values that allocates only when it grows. The two
 * are kept apart, so that neither can be too wide for the other.
 */
final class PairMap {
    private static final int ABSENT = -1;
    private static final int BYTES_PER_SLOT = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private int[] firsts = new int[64];
    private long[] seconds = new long[64];
    private int[] values = new int[64];
    private int size;

    PairMap() {
        Arrays.fill(values, ABSENT);
    }

    /** The value of a pair, or -1. */
    int get(int first, long second) {
        return values[slot(first, second)];
    }

    /** The number of pairs that have a value. */
    int size() {
        return size;
    }

    /** How many bytes more the map takes when another pair is put; 0 unless it has to grow for that. */
    long growth() {
        return isFull() ? (long) BYTES_PER_SLOT * values.length : 0;
    }

    void put(int first, long second, int value) {
        if (isFull()) {
            grow();
        }
        int slot = slot(first, second);
        if (values[slot] == ABSENT) {
            size++;
        }
        firsts[slot] = first;
        seconds[slot] = second;
        values[slot] = value;
    }

    private boolean isFull() {
        return 2 * size >= values.length;
    }

    private void grow() {
        int[] oldFirsts = firsts;
        long[] oldSeconds = seconds;
        int[] oldValues = values;
        firsts = new int[2 * oldValues.length];
        seconds = new long[2 * oldValues.length];
        values = new int[2 * oldValues.length];
        Arrays.fill(values, ABSENT);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slot(oldFirsts[i], oldSeconds[i]);
                firsts[slot] = oldFirsts[i];
                seconds[slot] = oldSeconds[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(int first, long second) {
        long hash = (second * 0x9E3779B97F4A7C15L + first) * 0xC2B2AE3D27D4EB4FL;
        int slot = (int) (hash >>> 32) & (values.length - 1);
        while (values[slot] != ABSENT && (firsts[slot] != first || seconds[slot] != second)) {
            slot = (slot + 1) & (values.length - 1);
        }
        return slot;
    }
}
