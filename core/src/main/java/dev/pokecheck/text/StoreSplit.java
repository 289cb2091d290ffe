// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.ArrayList;
import java.util.List;

/** How a store tears: in which pieces a store of several bytes reaches memory. The pieces of one store reach it in any order. */
public enum StoreSplit {
    /** Whole inside an aligned 8-byte word, else one piece a word (AMD APM vol. 2, 7.3.2; SDM vol. 3, 9.1.1). */
    WORD("word", 8, "a store is whole inside one aligned 8-byte word"),
    /** Whole inside a 64-byte cache line (SDM vol. 3, 9.1.1: the P6 family and later, cached memory). */
    LINE("line", 64, "a store is whole inside one 64-byte cache line"),
    /** Byte by byte, in any order: all that a memcpy promises. */
    BYTE("byte", 1, "a store of several bytes is single bytes in any order (a memcpy promises no more)");

    private final String text;
    private final int granule;
    private final String assumption;

    StoreSplit(String text, int granule, String assumption) {
        this.text = text;
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
            long address = store.site().address() + from;
            int to = Math.min(end, from + granule - Math.floorMod(address, granule));
            pieces.add(new Piece(from, to));
            from = to;
        }
        return pieces;
    }
}
