// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.Pins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In which pieces a store reaches memory, by the address of the site, the offset in it and the length. */
class StoreSplitTest {
    private static String pieces(StoreSplit split, int inLine, int offset, int length) {
        return text(split.pieces(new TextStore(site(inLine), offset, new byte[length])));
    }

    private static Site site(int inLine) {
        byte[] nops = new byte[31];
        Arrays.fill(nops, (byte) 0x90);
        return new Site(0, "site", 0x81000000L + inLine, List.of(nops, nops));
    }

    private static String text(List<StoreSplit.Piece> pieces) {
        return pieces.stream().map(piece -> piece.from() + ".." + piece.to()).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0..1",
        "0, 0, 5, 0..5",
        "0, 0, 8, 0..8",
        "0, 0, 9, 0..8 8..9",
        "3, 0, 5, 0..5",
        "4, 0, 5, 0..4 4..5",
        "7, 0, 5, 0..1 1..5",
        "7, 1, 4, 1..5",
        "5, 2, 2, 2..3 3..4",
        "63, 0, 5, 0..1 1..5",
        "1, 0, 31, 0..7 7..15 15..23 23..31",
    })
    void aMemcpyIsWholeInsideAnAlignedWord(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.WORD, inLine, offset, length));
    }

    @Pins("text.pieces")
    @ParameterizedTest
    @CsvSource({
        "0, 0, 8, 0..8",
        "0, 0, 13, 0..8 8..13",
        "0, 0, 31, 0..8 8..16 16..24 24..31",
        "50, 0, 16, 0..8 8..14 14..16",
        "7, 0, 5, 0..5",
        "59, 0, 5, 0..5",
        "60, 0, 5, 0..4 4..5",
        "63, 0, 5, 0..1 1..5",
        "63, 1, 4, 1..5",
        "60, 4, 5, 4..9",
        "50, 10, 8, 10..14 14..18",
    })
    void eightBytesAreWholeInsideALine(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.LINE, inLine, offset, length));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0..1",
        "0, 0, 3, 0..1 1..2 2..3",
        "62, 1, 3, 1..2 2..3 3..4",
    })
    void aMemcpyIsSingleBytes(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.BYTE, inLine, offset, length));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 16, 0..16",
        "0, 0, 13, 0..13",
        "8, 0, 8, 0..8",
        "7, 0, 5, 0..5",
        "12, 0, 5, 0..4 4..5",
    })
    void aMemcpyIsWholeInsideAWideWord(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.WORD16, inLine, offset, length));
    }

    @Pins("text.single-store")
    @ParameterizedTest
    @EnumSource
    void aSingleStoreIsOnePiece(StoreSplit split) {
        assertEquals("0..5", text(split.pieces(TextStore.single(8, site(0), 0, new byte[5]))));
        assertEquals("1..9", text(split.pieces(TextStore.single(8, site(7), 1, new byte[8]))));
        assertEquals("0..13", text(split.pieces(TextStore.single(16, site(3), 0, new byte[13]))));
    }

    private static String refusal(int widest, int inLine, int length) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> TextStore.single(widest, site(inLine), 0, new byte[length]))
                .getMessage();
    }

    @Pins("text.single-store")
    @Test
    void whatNoStoreWritesAtOnceIsRefused() {
        String remedy = "; use textPoke for a memcpy, or several stores in an order";
        assertEquals(
                "no x86 store writes 13 bytes at once, as this one to site+0 should, but 8 at most" + remedy,
                refusal(8, 0, 13));
        assertEquals(
                "the 5 bytes at site+0 cross an aligned 8-byte word, so that no x86 store is sure to write them at once"
                        + remedy,
                refusal(8, 4, 5));
        assertEquals(
                "no x86 store writes 17 bytes at once, as this one to site+0 should, but 16 at most" + remedy,
                refusal(16, 0, 17));
        assertEquals(
                "the 13 bytes at site+0 cross an aligned 16-byte word, so that no x86 store is sure to write them at once"
                        + remedy,
                refusal(16, 4, 13));
    }

    @Test
    void onlyASplitIntoWideWordsHasWideStores() {
        for (StoreSplit split : StoreSplit.values()) {
            assertEquals(split == StoreSplit.WORD16 ? 16 : 8, split.widestStore(), split.text());
        }
    }
}
