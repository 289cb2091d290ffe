// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * The legacy prefixes and REX of one valid instruction (Intel SDM volume 2, "Instruction Prefixes" and "REX Prefixes").
 *
 * @param length bytes before the opcode
 * @param operandSize whether {@code 66} is among them
 * @param addressSize whether {@code 67} is among them
 * @param lock whether {@code f0} is among them
 * @param rep the last of {@code f2} and {@code f3}, or 0
 * @param segment the last segment override, or 0
 * @param rex the REX prefix if it counts, that is directly before the opcode, or 0
 */
record Prefixes(int length, boolean operandSize, boolean addressSize, boolean lock, int rep, int segment, int rex) {
    /** Reads the prefixes at {@code code[offset]}; an opcode must follow. */
    static Prefixes at(byte[] code, int offset) {
        boolean operandSize = false;
        boolean addressSize = false;
        boolean lock = false;
        int rep = 0;
        int segment = 0;
        int rex = 0;
        for (int at = offset; ; at++) {
            int prefix = code[at] & 0xff;
            if ((prefix & 0xf0) == 0x40) {
                rex = prefix;
                continue;
            }
            switch (prefix) {
                case 0x66 -> operandSize = true;
                case 0x67 -> addressSize = true;
                case 0xf0 -> lock = true;
                case 0xf2, 0xf3 -> rep = prefix;
                case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 -> segment = prefix;
                default -> {
                    return new Prefixes(at - offset, operandSize, addressSize, lock, rep, segment, rex);
                }
            }
            rex = 0;
        }
    }

    boolean rexW() {
        return (rex & 8) != 0;
    }

    /** What REX.R adds to a register number: 0 or 8. */
    int rexR() {
        return (rex & 4) << 1;
    }

    /** What REX.X adds to an index register number. */
    int rexX() {
        return (rex & 2) << 2;
    }

    /** What REX.B adds to a base or r/m register number. */
    int rexB() {
        return (rex & 1) << 3;
    }

    /** Whether memory operands are relative to FS or GS; the other overrides do nothing in 64-bit mode. */
    boolean movesSegmentBase() {
        return segment == 0x64 || segment == 0x65;
    }

    /** Bits of a general operand: 16, 32 or 64. */
    int operandBits() {
        return rexW() ? 64 : operandSize ? 16 : 32;
    }
}
