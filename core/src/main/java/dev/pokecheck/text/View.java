// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** A history of what a site has held in the window of a CPU, as one of {@link Views}. */
final class View {
    /** What memory has held, oldest first. */
    final long[] contents;
    /** For each chunk, the first of them that may still be seen. */
    final int[] since;
    /** For each offset what can be fetched there, empty until asked. */
    int[][] fetches;

    View(long[] contents, int[] since, int[][] fetches) {
        this.contents = contents;
        this.since = since;
        this.fetches = fetches;
    }

    /** Keeps what can be fetched at an offset, if there is room for it; nobody has asked before where that is {@code nothingAsked}. */
    void keep(int offset, int[] found, int[][] nothingAsked, RoomShare room) {
        boolean first = fetches == nothingAsked;
        long bytes = RoomShare.ARRAY_BYTES + (long) Integer.BYTES * found.length;
        if (room.take(first ? bytes + RoomShare.ARRAY_BYTES + (long) Integer.BYTES * nothingAsked.length : bytes)) {
            fetches = first ? nothingAsked.clone() : fetches;
            fetches[offset] = found;
        }
    }
}
