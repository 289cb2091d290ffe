// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.LengthDecoder;
import dev.pokecheck.text.fetch.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works out what can be fetched at an offset under a history. */
final class FetchEnumerator {
    private final SiteText text;
    private final Chunks chunks;
    private final Shape shape;
    private final FetchedTable fetched;

    FetchEnumerator(SiteText text, Chunks chunks, Shape shape, FetchedTable fetched) {
        this.text = text;
        this.chunks = chunks;
        this.shape = shape;
        this.fetched = fetched;
    }

    /** The numbers of all instructions that a fetch can see. */
    int[] enumerate(View view, int offset) {
        List<Fetched> found = new ArrayList<>();
        int first = chunks.of(offset);
        int last = view.contents.length - 1;
        for (int t = last; t >= view.since[first]; t--) {
            if (shape.dependsOnFirst() || !isAgain(view, t, last, first)) {
                extend(view, offset, t, view.contents[t] & chunks.mask(first), first, found);
            }
        }
        // By what was seen, so that the order does not depend on which history made this view first.
        return found.stream()
                .distinct()
                .sorted((a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()))
                .mapToInt(Fetched::id)
                .toArray();
    }

    /**
     * Goes on with a fetch that has seen the chunks up to {@code chunk}.
     *
     * @param time when the first chunk was seen
     * @param seen what was seen so far
     */
    private void extend(View view, int offset, int time, long seen, int chunk, List<Fetched> found) {
        byte[] bytes = text.bytes(seen, offset, chunks.end(chunk));
        if (LengthDecoder.length(bytes, 0, bytes.length) != 0 || chunk == chunks.count() - 1) {
            found.add(fetched.intern(offset, bytes, seen));
            return;
        }
        int next = chunk + 1;
        int from = shape.earliest(view.since[next], time);
        int to = shape.latest(time, view.contents.length - 1);
        for (int t = to; t >= from; t--) {
            if (!isAgain(view, t, to, next)) {
                extend(view, offset, time, seen | (view.contents[t] & chunks.mask(next)), next, found);
            }
        }
    }

    /** Whether a chunk has the value of one time at a later time, too. */
    private boolean isAgain(View view, int time, int last, int chunk) {
        long value = view.contents[time] & chunks.mask(chunk);
        for (int t = time + 1; t <= last; t++) {
            if ((view.contents[t] & chunks.mask(chunk)) == value) {
                return true;
            }
        }
        return false;
    }
}
