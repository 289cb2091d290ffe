// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit.Piece;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * By what the pieces of the stores of one program can be told apart: two with equal keys cannot be.
 *
 * @param stores all stores to text
 * @param reads what of text is loaded as data
 * @param chunk the size of a fetch chunk in bytes
 * @param overlapping the numbers of the sites that overlap others: whoever executes one of those sees bytes of this one, too
 */
record PieceKeys(List<TextStore> stores, List<TextRead> reads, int chunk, Set<Integer> overlapping) {
    private static final byte INT3 = (byte) 0xcc;

    /** The key of bytes that are the same in all versions and stores. */
    static final List<Object> NEVER_CHANGES = List.of();

    List<Object> of(Site site, Piece piece) {
        int offset = piece.from();
        if (piece.to() - offset > 1 || isRead(site, offset) || overlapping.contains(site.index())) {
            return List.of(piece);
        }
        List<Object> key = new ArrayList<>();
        key.add(chunk == 1 ? 0L : Math.floorDiv(site.address() + offset, chunk));
        List<Byte> values = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            key.add(begin(site, v, offset));
            values.add(site.at(v, offset));
        }
        for (int s = 0; s < stores.size(); s++) {
            TextStore store = stores.get(s);
            int at = offset - store.offset();
            if (store.site().index() == site.index() && at >= 0 && at < store.data().length) {
                key.add("store " + s);
                values.add(store.data()[at]);
            }
        }
        if (values.stream().distinct().count() == 1) {
            return NEVER_CHANGES;
        }
        if (values.contains(INT3)) {
            return List.of(piece);
        }
        for (Byte value : values) {
            key.add(values.indexOf(value));
        }
        return key;
    }

    /** Whether a byte is loaded as data: who sees a mixture then goes on, and may tell one from another. */
    private boolean isRead(Site site, int offset) {
        return reads.stream()
                .anyMatch(read -> read.site().index() == site.index()
                        && offset >= read.offset()
                        && offset < read.offset() + read.length());
    }

    /** Where the instruction of a version begins that covers an offset; -1 if none does. */
    private static int begin(Site site, int version, int offset) {
        for (int begin = offset; begin >= 0; begin--) {
            if (site.isBoundary(version, begin)) {
                return begin + site.instruction(version, begin).length() > offset ? begin : -1;
            }
        }
        return -1;
    }
}
