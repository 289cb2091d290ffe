// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderTest {
    private static final long SITE = 0xffffffff81000000L;

    private static Insn decode(String hex) {
        byte[] code = HexFormat.ofDelimiter(" ").parseHex(hex);
        return Decoder.decode(code, 0, code.length, SITE);
    }

    @ParameterizedTest
    @CsvSource({
        "90, NOP",
        "66 90, NOP",
        "66 66 90, NOP",
        "40 90, NOP",
        "f3 90, INLINE", // PAUSE
        "41 90, OTHER", // xchg %eax,%r8d
        "0f 1f c0, NOP",
        "0f 1f 48 00, OTHER", // /1: reserved
        "f3 0f 1f 00, OTHER",
        "f0 90, OTHER",
        "c3, RET",
        "f3 c3, RET",
        "c2 08 00, OTHER",
        "cb, OTHER", // far
        "cc, INT3",
        "66 cc, OTHER",
        "cd 03, OTHER",
        "0f 0b, UD2",
        "0f b9 cc, OTHER", // UD1
        "f3 0f 1e fa, ENDBR64",
        "f3 0f 1e fb, OTHER", // ENDBR32
        "0f 1e fa, OTHER",
        "66 f3 0f 1e fa, OTHER",
        "ff d0, CALL_INDIRECT",
        "ff 10, CALL_INDIRECT",
        "3e ff 10, CALL_INDIRECT",
        "ff 54 24 08, CALL_INDIRECT",
        "ff e0, JMP_INDIRECT",
        "41 ff e4, JMP_INDIRECT",
        "ff 20, JMP_INDIRECT",
        "ff 64 c8 10, JMP_INDIRECT",
        "ff 25 00 00 00 00, JMP_INDIRECT",
        "ff 1d 00 00 00 00, OTHER", // far
        "ff 2d 00 00 00 00, OTHER",
        "f0 ff e0, OTHER", // #UD
        "ff f0, OTHER", // push
        "f0 e8 00 00 00 00, OTHER",
        "f0 ff 00, INLINE",
        "3e ff 00, INLINE",
        "ff 00, OTHER",
        "f0 ff c0, OTHER", // a register cannot be locked
        "f0 8b 00, OTHER", // nor a load
        "f0 80 38 00, OTHER", // nor a comparison
        "f0 0f ba 20 00, OTHER", // nor a bit test
        "48 8b 00, OTHER",
        "c5 f8 77, OTHER",
        "62 f1 7c 48 28 c1, OTHER"
    })
    void kinds(String hex, Kind kind) {
        Insn insn = decode(hex);
        assertTrue(insn.isValid());
        assertEquals(kind, insn.kind());
        assertEquals((hex.length() + 1) / 3, insn.length());
    }

    @ParameterizedTest
    @CsvSource({
        "e8 00 00 00 00, CALL_REL32, ffffffff81000005, -1",
        "e8 fb ff ff ff, CALL_REL32, ffffffff81000000, -1",
        "66 e8 fa ff ff ff, CALL_REL32, ffffffff81000000, -1", // Intel
        "2e e8 00 00 00 00, CALL_REL32, ffffffff81000006, -1",
        "e9 ff ff ff 7f, JMP_REL32, 1000004, -1", // wraps around
        "e9 00 00 00 80, JMP_REL32, ffffffff01000005, -1",
        "eb fe, JMP_REL8, ffffffff81000000, -1",
        "eb 7f, JMP_REL8, ffffffff81000081, -1",
        "74 80, JCC_REL8, ffffffff80ffff82, 4",
        "3e 7f 00, JCC_REL8, ffffffff81000003, 15",
        "0f 80 00 00 00 00, JCC_REL32, ffffffff81000006, 0",
        "0f 8f 10 00 00 00, JCC_REL32, ffffffff81000016, 15",
        "ff 15 f8 ff ff ff, CALL_INDIRECT, ffffffff80fffffe, -1",
        "3e ff 15 00 00 00 00, CALL_INDIRECT, ffffffff81000007, -1",
        "67 ff 15 00 00 00 00, CALL_INDIRECT, 81000007, -1", // address size 32
        "ff 14 25 00 f0 ff ff, CALL_INDIRECT, fffffffffffff000, -1",
        "67 ff 14 25 00 f0 ff ff, CALL_INDIRECT, fffff000, -1",
        "ff 14 25 00 10 00 00, CALL_INDIRECT, 1000, -1",
        "ff 25 f8 ff ff ff, JMP_INDIRECT, ffffffff80fffffe, -1",
        "67 ff 25 00 00 00 00, JMP_INDIRECT, 81000007, -1",
        "ff 24 25 00 f0 ff ff, JMP_INDIRECT, fffffffffffff000, -1"
    })
    void targets(String hex, Kind kind, String target, int condition) {
        Insn insn = decode(hex);
        assertEquals(new Insn(kind, (hex.length() + 1) / 3, Long.parseUnsignedLong(target, 16), condition), insn);
        assertTrue(insn.hasTarget());
        assertTrue(insn.hasAddress());
    }

    /** Registers have no values here: each operand that needs one has a target of its own. */
    @Test
    void anOperandThatDependsOnRegistersIsToldFromAllOthers() {
        List<String> operands = List.of(
                "ff e0",
                "ff e1",
                "41 ff e0",
                "ff 20",
                "67 ff 20",
                "41 ff 20",
                "ff 60 08",
                "ff 24 24",
                "ff 24 65 00 00 00 00",
                "42 ff 24 25 00 00 00 00",
                "ff 64 c8 10",
                "42 ff 64 c8 10",
                "ff 64 c8 11",
                "65 ff 25 00 00 00 00",
                "64 ff 25 00 00 00 00",
                "65 ff 24 25 00 00 00 00");
        Set<Long> targets = new TreeSet<>();
        for (String operand : operands) {
            Insn jump = decode(operand);
            assertEquals(Kind.JMP_INDIRECT, jump.kind(), operand);
            assertTrue(jump.hasTarget() && !jump.hasAddress(), operand);
            assertTrue(targets.add(jump.target()), operand);
        }
    }

    @Test
    void theSameOperandIsTheSameTarget() {
        assertEquals(decode("ff e0").target(), decode("ff d0").target());
        assertEquals(decode("ff e0").target(), decode("3e ff e0").target());
        assertEquals(decode("ff 64 c8 10").target(), decode("ff 54 c8 10").target());
        assertEquals(decode("ff 60 08").target(), decode("ff a0 08 00 00 00").target());
        assertEquals(decode("ff 20").target(), decode("ff 60 00").target());
        assertEquals(
                decode("ff 25 00 00 00 00").target(),
                decode("ff 15 00 00 00 00").target());
    }

    @Test
    void controlFallsThroughWhatIsNoJumpReturnOrFault() {
        for (String leaves : List.of("e9 00 00 00 00", "eb 00", "ff e0", "ff 25 00 00 00 00", "c3", "0f 0b")) {
            assertFalse(decode(leaves).kind().fallsThrough(), leaves);
        }
        for (String goesOn : List.of("90", "e8 00 00 00 00", "ff d0", "74 00", "0f 84 00 00 00 00", "cc", "48 8b 00")) {
            assertTrue(decode(goesOn).kind().fallsThrough(), goesOn);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inlineOperations(InlineOp op) {
        byte[] code = op.bytes();
        assertEquals(Insn.of(Kind.INLINE, code.length), Decoder.decode(code, 0, code.length, SITE));
        assertEquals(op, InlineOp.find(code, 0, code.length));
        assertEquals(op.att(), Printer.att(code, SITE));
        assertEquals(op.intel(), Printer.intel(code, SITE));
        code[0] ^= 1;
        assertFalse(op.bytes()[0] == code[0], "bytes() is a fresh array");
    }

    @Test
    void theAnswersThatAreNoInstruction() {
        assertEquals(Insn.TRUNCATED, decode("e8 00 00 00"));
        assertEquals(Insn.INVALID, decode("06"));
        assertFalse(Insn.TRUNCATED.isValid());
        assertFalse(Insn.INVALID.isValid());
        assertFalse(Insn.TRUNCATED.hasTarget());
        assertFalse(Insn.TRUNCATED.hasAddress());
    }

    @Test
    void anInstructionMustFitTogether() {
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.NOP, 16, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.NOP, 0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.OTHER, -2, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.JCC_REL8, 2, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.JCC_REL8, 2, 0, 16));
        assertThrows(IllegalArgumentException.class, () -> new Insn(Kind.JMP_REL8, 2, 0, 3));
    }

    @Test
    void wrongArgumentsThrow() {
        assertThrows(IndexOutOfBoundsException.class, () -> Decoder.decode(new byte[2], 0, 3, SITE));
        assertThrows(IndexOutOfBoundsException.class, () -> Decoder.decode(new byte[2], 2, 1, SITE));
    }
}
