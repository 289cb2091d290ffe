// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which pieces a store reaches memory, by the address of the site, the offset in it and the length. */
class StoreSplitTest {
    private static String pieces(StoreSplit split, int inLine, int offset, int length) {
        byte[] nops = new byte[31];
        Arrays.fill(nops, (byte) 0x90);
        Site site = new Site(0, "site", 0x81000000L + inLine, List.of(nops, nops));
        return split.pieces(new TextStore(site, offset, new byte[length])).stream()
                .map(piece -> piece.from() + ".." + piece.to())
                .collect(Collectors.joining(" "));
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
    void aStoreIsWholeInsideAnAlignedWord(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.WORD, inLine, offset, length));
    }

    @Pins("text.pieces")
    @ParameterizedTest
    @CsvSource({
        "0, 0, 31, 0..31",
        "7, 0, 5, 0..5",
        "59, 0, 5, 0..5",
        "60, 0, 5, 0..4 4..5",
        "63, 0, 5, 0..1 1..5",
        "63, 1, 4, 1..5",
        "60, 4, 5, 4..9",
        "50, 10, 8, 10..14 14..18",
    })
    void aStoreIsWholeInsideALine(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.LINE, inLine, offset, length));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0..1",
        "0, 0, 3, 0..1 1..2 2..3",
        "62, 1, 3, 1..2 2..3 3..4",
    })
    void aStoreIsSingleBytes(int inLine, int offset, int length, String pieces) {
        assertEquals(pieces, pieces(StoreSplit.BYTE, inLine, offset, length));
    }
}
