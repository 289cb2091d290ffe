// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The hand-written table of tricky encodings, {@code lengths.txt}. */
class LengthDecoderTest {
    private record Row(String hex, String length, String why) {
        byte[] code() {
            return HexFormat.ofDelimiter(" ").parseHex(hex);
        }

        int expected() {
            return switch (length) {
                case "invalid" -> LengthDecoder.INVALID;
                case "truncated" -> LengthDecoder.TRUNCATED;
                default -> Integer.parseInt(length);
            };
        }
    }

    private static List<Row> rows() {
        return Resources.lines("lengths.txt")
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(cells -> new Row(cells[0], cells[1], cells[2]))
                .toList();
    }

    @Test
    void theTableIsComplete() {
        assertEquals(252, rows().size());
        assertEquals(252, rows().stream().map(Row::hex).distinct().count(), "no encoding twice");
    }

    @TestFactory
    Stream<DynamicTest> lengths() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.hex() + ": " + row.why(), () -> {
                    byte[] code = row.code();
                    assertEquals(row.expected(), LengthDecoder.length(code, 0, code.length));
                }));
    }

    /** What lies around the instruction must not matter: other bytes before it, and any bytes behind its end. */
    @Test
    void lengthsDoNotDependOnTheSurroundings() {
        for (Row row : rows()) {
            if (row.expected() == LengthDecoder.TRUNCATED) {
                continue;
            }
            byte[] code = row.code();
            for (int filler : new int[] {0x00, 0x66, 0xcc, 0xff}) {
                byte[] padded = new byte[code.length + 23];
                Arrays.fill(padded, (byte) filler);
                System.arraycopy(code, 0, padded, 7, code.length);
                assertEquals(row.expected(), LengthDecoder.length(padded, 7, padded.length), row.hex());
            }
        }
    }

    @Test
    void everyShorterPrefixOfAnInstructionIsTruncated() {
        for (Row row : rows()) {
            byte[] code = row.code();
            for (int limit = 0; limit < row.expected(); limit++) {
                assertEquals(LengthDecoder.TRUNCATED, LengthDecoder.length(code, 0, limit), row.hex() + " at " + limit);
            }
        }
    }

    @Test
    void noBytesAreTruncated() {
        assertEquals(LengthDecoder.TRUNCATED, LengthDecoder.length(new byte[0], 0, 0));
    }

    @Test
    void wrongArgumentsThrow() {
        byte[] code = new byte[4];
        assertAll(
                () -> assertThrows(IndexOutOfBoundsException.class, () -> LengthDecoder.length(code, -1, 4)),
                () -> assertThrows(IndexOutOfBoundsException.class, () -> LengthDecoder.length(code, 0, 5)),
                () -> assertThrows(IndexOutOfBoundsException.class, () -> LengthDecoder.length(code, 3, 2)));
    }
}
