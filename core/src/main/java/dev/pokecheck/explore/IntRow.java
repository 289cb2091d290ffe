// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import java.util.Arrays;

/** A row of numbers that grows. */
final class IntRow {
    private int[] values = new int[256];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
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
