// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EncoderTest {
    @Test
    void bytes() {
        assertEquals("e8 fb 0f 00 00", Printer.hex(Encoder.call(0x1000, 0x2000)));
        assertEquals("e9 fb ef ff ff", Printer.hex(Encoder.jmp32(0x2000, 0x1000)));
        assertEquals("eb fe", Printer.hex(Encoder.jmp8(0x1000, 0x1000)));
        assertEquals("0f 85 fa 0f 00 00", Printer.hex(Encoder.jcc32(5, 0x1000, 0x2000)));
        assertEquals("7f 0e", Printer.hex(Encoder.jcc8(15, 0x1000, 0x1010)));
        assertEquals("ff 15 fa 0f 00 00", Printer.hex(Encoder.callIndirectRip(0x1000, 0x2000)));
        assertEquals("ff 14 25 00 f0 ff ff", Printer.hex(Encoder.callIndirectAbs(-0x1000)));
        assertEquals("c3", Printer.hex(Encoder.ret()));
        assertEquals("cc", Printer.hex(Encoder.int3()));
        assertEquals("f3 0f 1e fa", Printer.hex(Encoder.endbr64()));
        assertEquals("0f 0b", Printer.hex(Encoder.ud2()));
    }

    @Test
    void fixedInstructionsRoundTrip() {
        assertEquals(Insn.of(Kind.RET, 1), Decoder.decode(Encoder.ret(), 0, 1, 0));
        assertEquals(Insn.of(Kind.INT3, 1), Decoder.decode(Encoder.int3(), 0, 1, 0));
        assertEquals(Insn.of(Kind.ENDBR64, 4), Decoder.decode(Encoder.endbr64(), 0, 4, 0));
        assertEquals(Insn.of(Kind.UD2, 2), Decoder.decode(Encoder.ud2(), 0, 2, 0));
        for (int limit = 0; limit < 4; limit++) {
            assertEquals(Insn.TRUNCATED, Decoder.decode(Encoder.endbr64(), 0, limit, 0));
        }
    }

    @Test
    void theEdgesOfReach() {
        assertEquals("e8 ff ff ff 7f", Printer.hex(Encoder.call(0, 0x80000004L)));
        assertEquals("e8 00 00 00 80", Printer.hex(Encoder.call(0x80000000L, 5)));
        assertEquals("eb 7f", Printer.hex(Encoder.jmp8(0, 0x81)));
        assertEquals("eb 80", Printer.hex(Encoder.jmp8(0x80, 2)));
        assertEquals("e8 00 00 00 00", Printer.hex(Encoder.call(-5, 0)), "wraps around");
    }

    @Test
    void messagesSayWhatDoesNotFit() {
        assertEquals(
                "call from 0x0 to 0x80000005: displacement 2147483648 does not fit in 32 bits",
                assertThrows(IllegalArgumentException.class, () -> Encoder.call(0, 0x80000005L))
                        .getMessage());
        assertEquals(
                "jmp8 from 0x1000 to 0xf81: displacement -129 does not fit in 8 bits",
                assertThrows(IllegalArgumentException.class, () -> Encoder.jmp8(0x1000, 0xf81))
                        .getMessage());
        assertEquals(
                "condition code 16 is not 0..15",
                assertThrows(IllegalArgumentException.class, () -> Encoder.jcc8(16, 0, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Encoder.jcc32(-1, 0, 0));
    }
}
