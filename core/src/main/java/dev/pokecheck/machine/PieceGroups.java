// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit.Piece;
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
 * and of one in which somebody sees it, that fetch is the end, so that all other groups can be taken as written at once. Bytes that are loaded as data are each alone, so are those of a
 * site that overlaps another, where somebody may see right code of that one, and so is one that is ever a breakpoint: who sees
 * that one goes on, whatever the bytes behind it are. The order of groups among each other is free.
 */
final class PieceGroups {
    /** For each piece, the pieces of its group, as bits. */
    private final long[] groups;
    /** The pieces that can make a mixture by being written first, as bits: those that are not the same at all times. */
    private final long beginning;

    /**
     * @param site where the store goes
     * @param pieces those of the store
     * @param keys by what they can be keyOf apart
     */
    PieceGroups(Site site, Piece[] pieces, PieceKeys keys) {
        List<List<Object>> keyOf =
                Stream.of(pieces).map(piece -> keys.of(site, piece)).collect(Collectors.toCollection(ArrayList::new));
        long changing = 0;
        for (int p = 0; p < pieces.length; p++) {
            changing |= keyOf.get(p).equals(PieceKeys.NEVER_CHANGES) ? 0 : 1L << p;
        }
        if (changing != 0) {
            Collections.replaceAll(keyOf, PieceKeys.NEVER_CHANGES, keyOf.get(Long.numberOfTrailingZeros(changing)));
        }
        beginning = changing == 0 ? -1L : changing;
        groups = new long[pieces.length];
        for (int p = 0; p < pieces.length; p++) {
            for (int other = 0; other < pieces.length; other++) {
                groups[p] |= keyOf.get(p).equals(keyOf.get(other)) ? 1L << other : 0;
            }
        }
    }

    /** The pieces of the group of a piece, as bits. A byte that is the same at all times keeps to the first that is not. */
    long groupOf(int piece) {
        return groups[piece];
    }

    /**
     * The pieces that may be written next.
     *
     * @param done those that are written, as bits
     */
    long next(long done) {
        long first = 0;
        for (long group : groups) {
            long left = group & ~done;
            if (left != group && left != 0) {
                return Long.lowestOneBit(left);
            }
            first |= Long.lowestOneBit(left & beginning);
        }
        return first;
    }

    /** The pieces that are then written along with a piece. */
    long along(long done, int piece) {
        long group = groups[piece];
        return (done & group) == 0 ? 0 : group & ~done & ~(1L << piece);
    }
}
