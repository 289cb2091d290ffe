// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import java.util.Arrays;

/** A row of numbers that grows. */
final class IntRow {
    /** The longest array that a JVM is sure to give. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private int[] values = new int[256];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, room(size));
        }
        values[size++] = value;
    }

    /** The length of the array behind one that is full: twice as long, while there can be such. Behind the longest the memory runs out. */
    static int room(int full) {
        return full <= LONGEST / 2 ? 2 * full : full < LONGEST ? LONGEST : Integer.MAX_VALUE;
    }

    /** Takes the last number away. */
    int take() {
        return values[--size];
    }

    int get(int index) {
        return values[index];
    }

    void set(int index, int value) {
        values[index] = value;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
