// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** A history of what memory has held since a CPU last serialized, as one of {@link Views}. */
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
}
