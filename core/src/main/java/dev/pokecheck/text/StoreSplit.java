// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How a memcpy to text tears: in which pieces it reaches memory, in any order. A piece is never wider than the widest store. A {@link
 * TextStore#isSingle() single store} is one piece.
 */
public enum StoreSplit {
    /** One piece for each aligned 8-byte word (AMD APM vol. 2, 7.3.2; SDM vol. 3, "Guaranteed Atomic Operations"). */
    WORD("word", 8, 8, "a memcpy writes whole what lies inside one aligned 8-byte word"),
    /** One piece for each aligned 16-byte word, of processors with AVX (SDM vol. 3, "Guaranteed Atomic Operations"; AMD APM vol. 2, 7.3.2). */
    WORD16("word16", 16, 16, "a memcpy writes whole what lies inside one aligned 16-byte word"),
    /** Pieces of 8 bytes, aligned or not, inside a 64-byte cache line (SDM vol. 3, "Guaranteed Atomic Operations": the P6 family and later, cached memory). */
    LINE("line", 8, 64, "a memcpy writes 8 bytes at a time, whole inside one 64-byte cache line"),
    /** Byte by byte, in any order: all that a memcpy promises. */
    BYTE("byte", 1, 1, "a memcpy writes single bytes in any order (it promises no more)");

    private static final int WIDEST = 8;

    private final String text;
    private final int width;
    private final int granule;
    private final String assumption;

    StoreSplit(String text, int width, int granule, String assumption) {
        this.text = text;
        this.width = width;
        this.granule = granule;
        this.assumption = assumption;
    }

    /** Its name in scenarios and on the command line. */
    public String text() {
        return text;
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return assumption;
    }

    /** The bytes of the widest word that a single store writes at once. */
    public int widestStore() {
        return Math.max(width, WIDEST);
    }

    /**
     * A run of bytes that reaches memory at once.
     *
     * @param from the first byte, counted from the start of the site
     * @param to the byte behind the last
     */
    public record Piece(int from, int to) {}

    /** The pieces of a store, by ascending address. */
    public List<Piece> pieces(TextStore store) {
        List<Piece> pieces = new ArrayList<>();
        int end = store.offset() + store.data().length;
        int from = store.offset();
        while (from < end) {
            int to = store.isSingle()
                    ? end
                    : Math.min(end, endOfPiece(store.site().address() + from, from));
            pieces.add(new Piece(from, to));
            from = to;
        }
        return pieces;
    }

    private int endOfPiece(long address, int from) {
        return from + Math.min(width, granule - (int) Math.floorMod(address, (long) granule));
    }
}
