// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;

/** Open addressing from the hashes of signatures to the numbers of histories, which are given from 0 up; the owner compares the rest. */
final class HistoryIndex {
    private static final int NONE = -1;

    private long[] hashes = new long[64];
    /** The number of a history plus one; 0 is free. */
    private int[] slots = new int[128];

    private int size;
    private int cursor;

    /** The first history with this hash, or -1. */
    int first(long hash) {
        cursor = (int) (hash >>> 32) & (slots.length - 1);
        return find(hash);
    }

    /** The next history with the hash of the one that was found last, or -1. */
    int next(int found) {
        cursor = (cursor + 1) & (slots.length - 1);
        return find(hashes[found]);
    }

    private int find(long hash) {
        while (slots[cursor] != 0) {
            if (hashes[slots[cursor] - 1] == hash) {
                return slots[cursor] - 1;
            }
            cursor = (cursor + 1) & (slots.length - 1);
        }
        return NONE;
    }

    /** Adds the history with the next number. */
    void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            slots = new int[2 * slots.length];
            for (int number = 0; number < size; number++) {
                enter(number);
            }
        }
        hashes[size] = hash;
        enter(size++);
    }

    private void enter(int number) {
        int slot = (int) (hashes[number] >>> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }
}
