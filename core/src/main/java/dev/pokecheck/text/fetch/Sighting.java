// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.Arrays;

/**
 * What one fetch saw, and for each chunk the first time that may still be seen. After the fetch a chunk may not be seen as it was before; of the
 * times at which the fetch can have seen it, the earliest is taken.
 */
public final class Sighting {
    private final long[] contents;
    private final int[] since;
    private final long[] chunkMask;
    private final long mask;
    private final long code;
    private final int first;
    private final int last;

    /**
     * @param contents what memory has held, oldest first
     * @param since for each chunk, the first of them that may be seen; is changed
     * @param chunkMask for each chunk, the bits of a content that stand for it
     * @param mask the bits of a content that stand for the bytes seen
     * @param code what was seen, in those bits
     * @param first the chunk that the instruction begins in
     * @param last the chunk that it ends in
     */
    public Sighting(long[] contents, int[] since, long[] chunkMask, long mask, long code, int first, int last) {
        this.contents = contents;
        this.since = since;
        this.chunkMask = chunkMask;
        this.mask = mask;
        this.code = code;
        this.first = first;
        this.last = last;
    }

    /** All chunks were seen at one time. */
    void takeTogether() {
        int from = Arrays.stream(since, first, last + 1).max().orElse(0);
        Arrays.fill(since, first, last + 1, earliest(mask, code, from));
    }

    /** Each chunk was seen at a time of its own. */
    void takeApart() {
        for (int chunk = first; chunk <= last; chunk++) {
            take(chunk, since[chunk]);
        }
    }

    /** The first chunk was seen when the others were, or later. */
    void takeFirstNotOlder() {
        int from = since[first];
        for (int chunk = first + 1; chunk <= last; chunk++) {
            take(chunk, since[chunk]);
            from = Math.max(from, since[chunk]);
        }
        take(first, from);
    }

    /** The first chunk was seen when the others were, or earlier. */
    void takeFirstNotNewer() {
        take(first, since[first]);
        for (int chunk = first + 1; chunk <= last; chunk++) {
            take(chunk, Math.max(since[chunk], since[first]));
        }
    }

    private void take(int chunk, int from) {
        since[chunk] = earliest(mask & chunkMask[chunk], code & chunkMask[chunk], from);
    }

    private int earliest(long bits, long value, int from) {
        for (int time = from; time < contents.length; time++) {
            if ((contents[time] & bits) == value) {
                return time;
            }
        }
        throw new IllegalStateException("a fetch saw what no time allows");
    }
}
