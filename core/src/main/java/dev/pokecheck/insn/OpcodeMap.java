// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * What follows each opcode byte, drawn like the opcode maps of Appendix A: row = high nibble, column = low nibble.
 *
 * <pre>
 *  .  nothing                        m  ModRM
 *  b  imm8 or rel8                   B  ModRM, imm8
 *  z  imm16 or imm32 (operand size)  Z  ModRM, imm16 or imm32
 *  w  imm16                          t  ModRM, imm8 if /0 or /1 (TEST)
 *  e  imm16, imm8 (ENTER)            T  ModRM, imm16 or imm32 if /0 or /1 (TEST)
 *  v  imm16, imm32 or imm64          g  ModRM, some extensions reserved
 *  o  moffs (address size)           G  as g, with imm8
 *  j  rel32                          H  as g, with imm16 or imm32
 *  c  ModRM, always a register       s  ModRM, imm8, imm8 with 66 or F2 (SSE4a)
 *  p  prefix                         n  ModRM, needs F3
 *  r  REX                            E  escape to another map
 *  x  no instruction                 V  VEX, EVEX;  P  POP or XOP
 * </pre>
 */
final class OpcodeMap {
    static final int MODRM = 1;
    static final int IMM8 = 1 << 1;
    static final int IMM16 = 1 << 2;
    static final int IMM_OPERAND_SIZE = 1 << 3;
    static final int IMM_FULL_SIZE = 1 << 4;
    static final int REL32 = 1 << 5;
    static final int MOFFS = 1 << 6;

    /** Any of these needs a closer look at the opcode or its ModRM; without them the flags above say it all. */
    static final int TEST_GROUP = 1 << 7;

    static final int RESERVED_EXTENSIONS = 1 << 8;
    static final int REGISTER_ONLY = 1 << 9;
    static final int SSE4A = 1 << 10;
    static final int NEEDS_F3 = 1 << 11;

    /** Not an opcode yet, or none at all. */
    static final int PREFIX = 1 << 12;

    static final int REX = 1 << 13;
    static final int ESCAPE = 1 << 14;
    static final int VECTOR = 1 << 15;
    static final int POP_OR_XOP = 1 << 16;
    static final int NONE = 1 << 17;

    /** Table A-2. */
    static final int[] ONE_BYTE = map("""
            mmmmbzxxmmmmbzxE
            mmmmbzxxmmmmbzxx
            mmmmbzpxmmmmbzpx
            mmmmbzpxmmmmbzpx
            rrrrrrrrrrrrrrrr
            ................
            xxVmppppzZbB....
            bbbbbbbbbbbbbbbb
            BZxBmmmmmmmmmgmP
            ..........x.....
            oooo....bz......
            bbbbbbbbvvvvvvvv
            BBw.VVGHe.w..bx.
            mmmmxxx.mmmmmmmm
            bbbbbbbbjjxb....
            p.pp..tT......gg
            """);

    /** Table A-3: after {@code 0f}. */
    static final int[] TWO_BYTE = map("""
            mmmmx.....x.xm.B
            mmmmmmmmmmmmmmmm
            ccccxxxxmmmmmmmm
            ......x.ExExxxxx
            mmmmmmmmmmmmmmmm
            mmmmmmmmmmmmmmmm
            mmmmmmmmmmmmmmmm
            BBBBmmm.smxxmmmm
            jjjjjjjjjjjjjjjj
            mmmmmmmmmmmmmmmm
            ...mBmxx...mBmmm
            mmmmmmmmnmBmmmmm
            mmBmBBBm........
            mmmmmmmmmmmmmmmm
            mmmmmmmmmmmmmmmm
            mmmmmmmmmmmmmmmm
            """);

    private OpcodeMap() {}

    private static int[] map(String drawing) {
        String cells = drawing.replace("\n", "");
        if (cells.length() != 256) {
            throw new AssertionError("an opcode map has 256 cells, not " + cells.length());
        }
        return cells.chars().map(OpcodeMap::shape).toArray();
    }

    private static int shape(int cell) {
        return switch (cell) {
            case '.' -> 0;
            case 'm' -> MODRM;
            case 'b' -> IMM8;
            case 'B' -> MODRM | IMM8;
            case 'z' -> IMM_OPERAND_SIZE;
            case 'Z' -> MODRM | IMM_OPERAND_SIZE;
            case 'w' -> IMM16;
            case 'e' -> IMM16 | IMM8;
            case 'v' -> IMM_FULL_SIZE;
            case 'o' -> MOFFS;
            case 'j' -> REL32;
            case 't' -> MODRM | IMM8 | TEST_GROUP;
            case 'T' -> MODRM | IMM_OPERAND_SIZE | TEST_GROUP;
            case 'g' -> MODRM | RESERVED_EXTENSIONS;
            case 'G' -> MODRM | IMM8 | RESERVED_EXTENSIONS;
            case 'H' -> MODRM | IMM_OPERAND_SIZE | RESERVED_EXTENSIONS;
            case 'c' -> MODRM | REGISTER_ONLY;
            case 's' -> MODRM | SSE4A;
            case 'n' -> MODRM | NEEDS_F3;
            case 'p' -> PREFIX;
            case 'r' -> PREFIX | REX;
            case 'E' -> ESCAPE;
            case 'V' -> VECTOR;
            case 'P' -> MODRM | POP_OR_XOP;
            case 'x' -> NONE;
            default -> throw new AssertionError("unknown cell " + (char) cell);
        };
    }
}
