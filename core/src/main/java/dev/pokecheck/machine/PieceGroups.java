// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit.Piece;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which single bytes of a store nobody can tell apart: those that every version has in one instruction, that lie in one chunk or are chunks of
 * their own, and at which the same versions and stores agree. While some bytes of such a group are written and others are not, whoever fetches an
 * instruction that covers them sees a mixture of no version, whichever they are; and when it has been seen, the run is over.
 *
 * <p>So a search need not try all orders. It writes the first byte of a group, which makes the mixture; then, before it begins with another group
 * of the store, the others, which ends it. That is one of the orders in which bytes may arrive, so that no run is invented. None is missed: a run in
 * which nobody sees a mixture of a group goes on as well if the group is written at once, at any moment between its first and its last byte;
 * and of one in which somebody sees it, that fetch is the end, so that all other groups can be taken as written at once. Bytes that are loaded as data are each alone, and so is one that is ever a breakpoint: who sees
 * that one goes on, whatever the bytes behind it are. The order of groups among each other is free.
 */
final class PieceGroups {
    private static final byte INT3 = (byte) 0xcc;

    /** The key of bytes that are the same in all versions and stores. */
    private static final List<Object> NEVER_CHANGES = List.of();

    private final List<TextStore> stores;
    private final List<TextRead> reads;
    private final int chunk;

    PieceGroups(List<TextStore> stores, List<TextRead> reads, int chunk) {
        this.stores = stores;
        this.reads = reads;
        this.chunk = chunk;
    }

    /** For each piece of a store, the pieces of its group, as bits. A byte that is the same at all times keeps to the first that is not. */
    long[] of(TextStore store, Piece[] pieces) {
        List<List<Object>> keys = Stream.of(pieces)
                .map(piece -> key(store.site(), piece))
                .collect(Collectors.toCollection(ArrayList::new));
        keys.stream()
                .filter(key -> !key.equals(NEVER_CHANGES))
                .findFirst()
                .ifPresent(first -> Collections.replaceAll(keys, NEVER_CHANGES, first));
        long[] masks = new long[pieces.length];
        for (int p = 0; p < pieces.length; p++) {
            for (int other = 0; other < pieces.length; other++) {
                masks[p] |= keys.get(p).equals(keys.get(other)) ? 1L << other : 0;
            }
        }
        return masks;
    }

    /** The pieces of a store that can make a mixture by being written first, as bits: bytes that are not the same at all times. */
    long beginning(TextStore store, Piece[] pieces) {
        long changing = 0;
        for (int p = 0; p < pieces.length; p++) {
            changing |= key(store.site(), pieces[p]).equals(NEVER_CHANGES) ? 0 : 1L << p;
        }
        return changing == 0 ? -1L : changing;
    }

    private List<Object> key(Site site, Piece piece) {
        int offset = piece.from();
        if (piece.to() - offset > 1 || isRead(site, offset)) {
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
