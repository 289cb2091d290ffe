// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import java.util.Arrays;

/** A row of numbers that grows. */
public final class IntRow {
    /** The longest array that a JVM is sure to give. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private int[] values = new int[256];
    private int size;

    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, room(size));
        }
        values[size++] = value;
    }

    /** The length of the array behind one that is full: twice as long, while there can be such. Behind the longest the memory runs out. */
    public static int room(int full) {
        return full <= LONGEST / 2 ? 2 * full : full < LONGEST ? LONGEST : Integer.MAX_VALUE;
    }

    /** Takes the last number away. */
    public int take() {
        return values[--size];
    }

    public int get(int index) {
        return values[index];
    }

    public void set(int index, int value) {
        values[index] = value;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
