// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;

/** A history of what a site has held in the window of a CPU, as one of {@link Views}. */
final class View {
    private static final int[] NOT_ASKED = {};
    /** That no offset was ever asked for. */
    private static final int[][] NOTHING_ASKED = {};

    /** What memory has held, oldest first. */
    final long[] contents;
    /** For each chunk, the first of them that may still be seen. */
    final int[] since;

    private int[][] fetches = NOTHING_ASKED;

    View(long[] contents, int[] since) {
        this.contents = contents;
        this.since = since;
    }

    /** What can be fetched at a {@link Region#slot}; empty until that is kept. */
    int[] fetches(int slot) {
        return slot < fetches.length ? fetches[slot] : NOT_ASKED;
    }

    /** Keeps what can be fetched at one of some slots, if there is room for it. */
    void keep(int slot, int[] found, int slots, RoomShare room) {
        boolean first = fetches.length == 0;
        long bytes = RoomShare.ARRAY_BYTES + (long) Integer.BYTES * found.length;
        if (room.take(first ? bytes + RoomShare.ARRAY_BYTES + (long) Integer.BYTES * slots : bytes)) {
            if (first) {
                fetches = new int[slots][];
                Arrays.fill(fetches, NOT_ASKED);
            }
            fetches[slot] = found;
        }
    }
}
