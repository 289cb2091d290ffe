// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for all bytes, all addresses, all displacements. */
class InsnProperties {
    private static final int MANY = 20_000;

    private static Insn decode(byte[] code, long address) {
        return Decoder.decode(code, 0, code.length, address);
    }

    /** Random bytes, many of which begin with prefixes and escapes. */
    @Provide
    Arbitrary<byte[]> code() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        Arbitrary<Byte> leading = Arbitraries.of(
                        0x66, 0x67, 0xf0, 0xf2, 0xf3, 0x2e, 0x65, 0x48, 0x41, 0x0f, 0xc4, 0xc5, 0x62, 0x8f)
                .map(Integer::byteValue);
        Arbitrary<Byte> second =
                Arbitraries.of(0x0f, 0x38, 0x3a, 0x1f, 0xe8, 0xff, 0xf7, 0x81).map(Integer::byteValue);
        return Combinators.combine(
                        leading.list().ofMaxSize(4),
                        second.list().ofMaxSize(2),
                        any.list().ofSize(20))
                .as((first, then, rest) -> {
                    byte[] code = new byte[20];
                    int at = 0;
                    for (List<Byte> part : List.of(first, then, rest)) {
                        for (byte b : part) {
                            if (at < code.length) {
                                code[at++] = b;
                            }
                        }
                    }
                    return code;
                });
    }

    @Property(tries = MANY, seed = "20250701")
    void decodingAgreesWithTheLength(@ForAll("code") byte[] code, @ForAll long address) {
        int length = LengthDecoder.length(code, 0, code.length);
        Insn insn = decode(code, address);
        assertEquals(length, insn.length());
        assertEquals(length > 0, insn.isValid());
        assertTrue(length <= LengthDecoder.MAX_LENGTH);
        assertFalse(length == LengthDecoder.TRUNCATED, "twenty bytes are enough for any answer");
    }

    @Property(tries = MANY, seed = "20250702")
    void anAnswerStaysWhenMoreBytesCome(@ForAll("code") byte[] code) {
        int whole = LengthDecoder.length(code, 0, code.length);
        for (int limit = 0; limit <= code.length; limit++) {
            int length = LengthDecoder.length(code, 0, limit);
            if (whole > 0) {
                assertEquals(limit < whole ? LengthDecoder.TRUNCATED : whole, length);
            } else {
                assertTrue(length == LengthDecoder.TRUNCATED || length == LengthDecoder.INVALID);
                assertTrue(limit < 15 || length == LengthDecoder.INVALID);
            }
        }
    }

    @Property(tries = MANY, seed = "20250703")
    void bytesOutsideTheLimitsAreNotLookedAt(
            @ForAll("code") byte[] code, @ForAll @IntRange(max = 20) int limit, @ForAll byte filler) {
        byte[] padded = new byte[40];
        Arrays.fill(padded, filler);
        System.arraycopy(code, 0, padded, 10, limit);
        assertEquals(Decoder.decode(code, 0, limit, 0), Decoder.decode(padded, 10, 10 + limit, 0));
    }

    @Property(tries = MANY, seed = "20250704")
    void everythingPrints(@ForAll("code") byte[] code, @ForAll long address) {
        assertFalse(Printer.att(code, address).isEmpty());
        assertFalse(Printer.intel(code, address).isEmpty());
    }

    @Property(seed = "20250705")
    void relativeBranchesRoundTrip(
            @ForAll long from, @ForAll int displacement, @ForAll @IntRange(max = 15) int condition) {
        roundTrip(Encoder.call(from, from + 5 + displacement), from, Kind.CALL_REL32, from + 5 + displacement, -1);
        roundTrip(Encoder.jmp32(from, from + 5 + displacement), from, Kind.JMP_REL32, from + 5 + displacement, -1);
        roundTrip(
                Encoder.jcc32(condition, from, from + 6 + displacement),
                from,
                Kind.JCC_REL32,
                from + 6 + displacement,
                condition);
    }

    @Property(seed = "20250706")
    void shortBranchesRoundTrip(
            @ForAll long from, @ForAll byte displacement, @ForAll @IntRange(max = 15) int condition) {
        long to = from + 2 + displacement;
        roundTrip(Encoder.jmp8(from, to), from, Kind.JMP_REL8, to, -1);
        roundTrip(Encoder.jcc8(condition, from, to), from, Kind.JCC_REL8, to, condition);
    }

    @Property(seed = "20250707")
    void indirectBranchesRoundTrip(
            @ForAll long from, @ForAll int displacement, @ForAll @IntRange(max = 15) int register) {
        long slot = from + 6 + displacement;
        roundTrip(Encoder.callIndirectRip(from, slot), from, Kind.CALL_INDIRECT, slot, -1);
        roundTrip(Encoder.callIndirectAbs(displacement), from, Kind.CALL_INDIRECT, displacement, -1);
        roundTrip(Encoder.jmpIndirectRip(from, slot), from, Kind.JMP_INDIRECT, slot, -1);
        byte[] jump = Encoder.jmpRegister(register);
        roundTrip(jump, from, Kind.JMP_INDIRECT, decode(jump, 0).target(), -1);
    }

    private static void roundTrip(byte[] code, long from, Kind kind, long target, int condition) {
        assertEquals(new Insn(kind, code.length, target, condition), decode(code, from));
        for (int limit = 0; limit < code.length; limit++) {
            assertEquals(Insn.TRUNCATED, Decoder.decode(code, 0, limit, from));
        }
    }

    @Property(seed = "20250708")
    void whatIsOutOfReachIsRefused(@ForAll long from, @ForAll long displacement) {
        if (displacement != (int) displacement) {
            assertThrows(IllegalArgumentException.class, () -> Encoder.call(from, from + 5 + displacement));
            assertThrows(IllegalArgumentException.class, () -> Encoder.jmp32(from, from + 5 + displacement));
            assertThrows(IllegalArgumentException.class, () -> Encoder.jcc32(0, from, from + 6 + displacement));
            assertThrows(IllegalArgumentException.class, () -> Encoder.callIndirectRip(from, from + 6 + displacement));
            assertThrows(IllegalArgumentException.class, () -> Encoder.jmpIndirectRip(from, from + 6 + displacement));
        }
        if (displacement != (byte) displacement) {
            assertThrows(IllegalArgumentException.class, () -> Encoder.jmp8(from, from + 2 + displacement));
            assertThrows(IllegalArgumentException.class, () -> Encoder.jcc8(0, from, from + 2 + displacement));
        }
    }

    @Property(seed = "20250709")
    void paddingIsNopsLongestFirst(@ForAll NopTable table, @ForAll @IntRange(max = 300) int length) {
        byte[] padding = table.pad(length);
        assertEquals(length, padding.length);
        int at = 0;
        while (at < length) {
            Insn nop = Decoder.decode(padding, at, length, at);
            assertEquals(Kind.NOP, nop.kind());
            assertEquals(Math.min(table.longest(), length - at), nop.length());
            at += nop.length();
        }
    }

    @Property(tries = 100, seed = "20250710")
    void hexIsReadBack(@ForAll @Size(max = 20) byte[] code) {
        assertArrayEquals(code, HexFormat.ofDelimiter(" ").parseHex(Printer.hex(code)));
    }
}
