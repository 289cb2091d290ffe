// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import java.util.BitSet;

/** Bit sets in a checkpoint: by pieces, so that no second copy of a large one is made. */
final class BitSets {
    private static final int PIECE = 1 << 16;

    private BitSets() {}

    static void write(BitSet bits, CheckpointOutput sink) {
        sink.number(bits.size());
        sink.number(bits.length());
        for (long from = 0; from < bits.length(); from += PIECE) {
            long[] words = bits.get((int) from, (int) Math.min(from + PIECE, bits.length()))
                    .toLongArray();
            sink.number(words.length);
            sink.longs(words, 0, words.length);
        }
    }

    /** Gives the bits back; the set occupies as much as the one that was written. */
    static BitSet read(CheckpointInput source) {
        int size = source.count(Integer.MAX_VALUE);
        int length = source.count(size);
        BitSet bits = new BitSet(size);
        for (long from = 0; from < length; from += PIECE) {
            long[] words = new long[source.count(PIECE / Long.SIZE)];
            source.longs(words, 0, words.length);
            for (int word = 0; word < words.length; word++) {
                for (long left = words[word]; left != 0; left &= left - 1) {
                    bits.set((int) from + word * Long.SIZE + Long.numberOfTrailingZeros(left));
                }
            }
        }
        return bits;
    }
}
