// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.Region;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.StoreSplit.Piece;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The pieces in which the text stores of a program reach memory, as changes of a site's packed content. */
public final class TextPieces {
    private final List<TextStore> stores;
    private final long[][] masks;
    private final long[][] codes;
    private final Piece[][] pieces;
    private final Region[] regions;
    private final PieceGroups[] groups;

    /**
     * @param reads what of text is loaded as data
     * @param chunk the size of a fetch chunk in bytes
     */
    TextPieces(List<TextStore> stores, StoreSplit split, SiteText[] texts, List<TextRead> reads, int chunk) {
        PieceKeys keys = new PieceKeys(stores, reads, chunk, overlapping(texts));
        groups = new PieceGroups[stores.size()];
        this.stores = stores;
        masks = new long[stores.size()][];
        codes = new long[stores.size()][];
        pieces = new Piece[stores.size()][];
        regions = new Region[stores.size()];
        for (int i = 0; i < masks.length; i++) {
            TextStore store = stores.get(i);
            SiteText text = texts[store.site().index()];
            regions[i] = text.region();
            pieces[i] = split.pieces(store).toArray(Piece[]::new);
            groups[i] = new PieceGroups(store.site(), pieces[i], keys);
            masks[i] = new long[pieces[i].length];
            codes[i] = new long[pieces[i].length];
            for (int p = 0; p < pieces[i].length; p++) {
                Piece piece = pieces[i][p];
                masks[i][p] = text.maskOf(piece.from(), piece.to());
                codes[i][p] = text.codeOf(piece.from(), bytes(store, piece));
            }
        }
    }

    private static Set<Integer> overlapping(SiteText[] texts) {
        return Arrays.stream(texts)
                .filter(text -> !text.region().isAlone())
                .map(text -> text.site().index())
                .collect(Collectors.toSet());
    }

    private static byte[] bytes(TextStore store, Piece piece) {
        return Arrays.copyOfRange(store.data(), piece.from() - store.offset(), piece.to() - store.offset());
    }

    /** A store. */
    public TextStore store(int store) {
        return stores.get(store);
    }

    /** The number of the site that a store goes to. */
    public int site(int store) {
        return stores.get(store).site().index();
    }

    /** Whether a store goes to a site or to one that shares a text with it. */
    boolean isOfText(int store, SiteText text) {
        return regions[store] == text.region();
    }

    /** Whether a store changes bytes of a site. */
    boolean touches(int store, Site site) {
        TextStore of = stores.get(store);
        long from = of.site().address() + of.offset() - site.address();
        return from < site.length() && from + of.length() > 0;
    }

    /** The number of pieces of a store. */
    public int count(int store) {
        return masks[store].length;
    }

    Piece piece(int store, int piece) {
        return pieces[store][piece];
    }

    byte[] bytes(int store, int piece) {
        return bytes(stores.get(store), pieces[store][piece]);
    }

    /** Which pieces of a store nobody can tell apart. */
    PieceGroups groups(int store) {
        return groups[store];
    }

    /** All pieces of a store that are not written. */
    long left(int store, long done) {
        return ~done & ((2L << (count(store) - 1)) - 1);
    }

    /** A content with all pieces written over it. */
    long writeAll(int store, long content) {
        long after = content;
        for (int p = 0; p < masks[store].length; p++) {
            after = write(store, p, after);
        }
        return after;
    }

    /** The bits of a content that a piece writes. */
    long mask(int store, int piece) {
        return masks[store][piece];
    }

    /** A content with a piece written over it. */
    long write(int store, int piece, long content) {
        return (content & ~masks[store][piece]) | codes[store][piece];
    }
}
