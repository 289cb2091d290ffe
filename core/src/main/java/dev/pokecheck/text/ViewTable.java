// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Shape;
import dev.pokecheck.text.fetch.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The histories of a site, each with a number; those that cannot be told apart have one. */
final class ViewTable {
    /** What a history takes besides its arrays: its object, and its places in the list and in the index. */
    private static final int HISTORY_BYTES = 56;

    private final RoomShare room;
    private final int bits;
    /** For each chunk, that all times may still be seen. */
    private final int[] sinceStart;

    private final List<View> views = new ArrayList<>();
    private final HistoryIndex index = new HistoryIndex();
    private final Signature wanted;
    private final Signature known;

    ViewTable(SiteText text, Chunks chunks, FetchModel model, boolean fetchCoherent, RoomShare room) {
        this.room = room;
        bits = bitsFor(fetchCoherent ? Shape.UNCOUNTED : signatures(text, chunks, model));
        sinceStart = new int[chunks.count()];
        wanted = new Signature(model.shape(), fetchCoherent, chunks.masks());
        known = new Signature(model.shape(), fetchCoherent, chunks.masks());
    }

    private static long signatures(SiteText text, Chunks chunks, FetchModel model) {
        long contents = text.contents(0, text.region().length());
        return model.canBeStale() ? model.shape().signatures(contents, chunks.contents()) : contents;
    }

    private static int bitsFor(long signatures) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.min(signatures, 1L << TableRoom.HISTORY_BITS) - 1);
    }

    /** Enough bits for all signatures that there can be or, if those are more, for all that a table holds. */
    int bits() {
        return bits;
    }

    int size() {
        return views.size();
    }

    View get(int number) {
        return views.get(number);
    }

    /**
     * The number of the history that begins with a content.
     *
     * @throws TableFullException if it is a new one and there is no room for it
     */
    int fresh(long content) {
        return intern(new long[] {content}, sinceStart);
    }

    /**
     * The number of a history.
     *
     * @param contents what memory has held, oldest first
     * @param since for each chunk, the first of them that may be seen
     * @throws TableFullException if it is a new one and there is no room for it
     */
    int intern(long[] contents, int[] since) {
        long hash = wanted.of(contents, since).hash();
        for (int number = index.first(hash); number >= 0; number = index.next(number)) {
            View other = views.get(number);
            if (known.of(other.contents, other.since).isSameAs(wanted)) {
                return number;
            }
        }
        long bytes = HISTORY_BYTES + RoomShare.ARRAY_BYTES + (long) Long.BYTES * contents.length;
        if (since != sinceStart) {
            bytes += RoomShare.ARRAY_BYTES + (long) Integer.BYTES * since.length;
        }
        int number = views.size();
        if (number >= Math.min(room.histories(), 1 << bits) || !room.take(bytes)) {
            throw room.full("fetch histories", number);
        }
        index.add(hash);
        views.add(new View(contents, since));
        return number;
    }

    /** The same array for the same times, where all may be seen. */
    int[] shared(int[] since) {
        return Arrays.equals(since, sinceStart) ? sinceStart : since;
    }

    void clear() {
        views.clear();
        index.clear();
    }
}
