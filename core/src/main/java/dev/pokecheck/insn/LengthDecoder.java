// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static dev.pokecheck.insn.OpcodeMap.ESCAPE;
import static dev.pokecheck.insn.OpcodeMap.IMM16;
import static dev.pokecheck.insn.OpcodeMap.IMM8;
import static dev.pokecheck.insn.OpcodeMap.IMM_FULL_SIZE;
import static dev.pokecheck.insn.OpcodeMap.IMM_OPERAND_SIZE;
import static dev.pokecheck.insn.OpcodeMap.MODRM;
import static dev.pokecheck.insn.OpcodeMap.MOFFS;
import static dev.pokecheck.insn.OpcodeMap.NEEDS_F3;
import static dev.pokecheck.insn.OpcodeMap.NONE;
import static dev.pokecheck.insn.OpcodeMap.ONE_BYTE;
import static dev.pokecheck.insn.OpcodeMap.POP_OR_XOP;
import static dev.pokecheck.insn.OpcodeMap.PREFIX;
import static dev.pokecheck.insn.OpcodeMap.REGISTER_ONLY;
import static dev.pokecheck.insn.OpcodeMap.REL32;
import static dev.pokecheck.insn.OpcodeMap.RESERVED_EXTENSIONS;
import static dev.pokecheck.insn.OpcodeMap.REX;
import static dev.pokecheck.insn.OpcodeMap.SSE4A;
import static dev.pokecheck.insn.OpcodeMap.TEST_GROUP;
import static dev.pokecheck.insn.OpcodeMap.TWO_BYTE;
import static dev.pokecheck.insn.OpcodeMap.VECTOR;

import java.util.Objects;

/**
 * Where an instruction of 64-bit mode ends: legacy prefixes, REX, the opcode maps 0f, 0f38 and 0f3a, VEX, EVEX, XOP and
 * 3DNow!, ModRM, SIB, displacement, immediates (Intel SDM volume 2, "Instruction Format" and "Opcode Map"; AMD APM volume 3, 1.1
 * for XOP and 3DNow!). Allocates nothing.
 *
 * <p>Intel and AMD disagree on near branches with a {@code 66} prefix. This class follows Intel, where the prefix is
 * ignored and the displacement stays 32 bits; on AMD it is 16 bits and the instruction is two bytes shorter.
 */
public final class LengthDecoder {
    /** An instruction never is longer; one more byte raises #GP (2.3.11; volume 3, interrupt 13). */
    public static final int MAX_LENGTH = 15;

    /** The answer when the instruction goes on at or beyond the limit. */
    public static final int TRUNCATED = 0;

    /** The answer when no continuation of the bytes makes an instruction. */
    public static final int INVALID = -1;

    private static final int OPERAND_SIZE = 1;
    private static final int ADDRESS_SIZE = 1 << 1;
    private static final int LOCK = 1 << 2;
    private static final int REP_F2 = 1 << 3;
    private static final int REP_F3 = 1 << 4;

    /** Before VEX, EVEX and XOP these raise #UD (2.3.2 to 2.3.4), as does REX. */
    private static final int NOT_BEFORE_VECTOR = OPERAND_SIZE | LOCK | REP_F2 | REP_F3;

    private static final int REX_W = 8;

    private LengthDecoder() {}

    /**
     * The length of the instruction at {@code code[offset]}; bytes from {@code limit} on are not looked at. An answer
     * other than {@link #TRUNCATED} stays the same for every greater limit.
     *
     * @return 1..15, {@link #TRUNCATED} or {@link #INVALID}
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= limit <= code.length}
     */
    public static int length(byte[] code, int offset, int limit) {
        // Long: one pass over the bytes with four numbers in hand, which parts of it would have to return together.
        Objects.checkFromToIndex(offset, limit, code.length);
        int end = Math.min(limit - offset, MAX_LENGTH) + offset;
        int at = offset;
        int prefixes = 0;
        int rex = 0;
        int opcode;
        int shape;
        while (true) {
            if (at == end) {
                return outOfBytes(offset, end);
            }
            opcode = code[at++] & 0xff;
            shape = ONE_BYTE[opcode];
            if ((shape & PREFIX) == 0) {
                break;
            }
            // REX counts only directly before the opcode ("REX Prefixes").
            rex = (shape & REX) != 0 ? opcode : 0;
            prefixes |= prefix(opcode);
        }
        if ((shape & (ESCAPE | VECTOR | POP_OR_XOP)) != 0) {
            if (at == end) {
                return outOfBytes(offset, end);
            }
            if ((shape & ESCAPE) != 0) {
                opcode = code[at++] & 0xff;
                shape = TWO_BYTE[opcode];
                if ((shape & ESCAPE) != 0) {
                    if (at == end) {
                        return outOfBytes(offset, end);
                    }
                    at++;
                    shape = opcode == 0x38 ? MODRM : MODRM | IMM8;
                }
            } else if ((shape & VECTOR) != 0 || (code[at] & 0x1f) >= 8) {
                if (rex != 0 || (prefixes & NOT_BEFORE_VECTOR) != 0) {
                    return INVALID;
                }
                shape = VectorMap.shape(opcode, code, at, end);
                if (shape == VectorMap.OUT_OF_BYTES) {
                    return outOfBytes(offset, end);
                }
                at += VectorMap.payload(opcode) + 1;
            } else if ((code[at] & 0x38) != 0) {
                return INVALID; // 8f /1../7
            }
        }
        if ((shape & NONE) != 0 || ((shape & NEEDS_F3) != 0 && (prefixes & REP_F3) == 0)) {
            return INVALID;
        }
        if ((shape & MODRM) != 0) {
            if (at == end) {
                return outOfBytes(offset, end);
            }
            int modrm = code[at++] & 0xff;
            if ((shape & RESERVED_EXTENSIONS) != 0 && isReserved(opcode, modrm)) {
                return INVALID;
            }
            if (modrm < 0xc0 && (shape & REGISTER_ONLY) == 0) {
                if ((modrm & 7) == 4) {
                    if (at == end) {
                        return outOfBytes(offset, end);
                    }
                    at += 1 + displacement(modrm >> 6, code[at] & 7);
                } else {
                    at += displacement(modrm >> 6, modrm & 7);
                }
            }
            if ((shape & TEST_GROUP) != 0 && (modrm & 0x30) != 0) {
                shape = MODRM;
            }
        }
        int length = at - offset + immediates(shape, prefixes, rex);
        if (length > MAX_LENGTH) {
            return INVALID;
        }
        return length > limit - offset ? TRUNCATED : length;
    }

    private static int outOfBytes(int offset, int end) {
        return end - offset == MAX_LENGTH ? INVALID : TRUNCATED;
    }

    private static int prefix(int opcode) {
        return switch (opcode) {
            case 0x66 -> OPERAND_SIZE;
            case 0x67 -> ADDRESS_SIZE;
            case 0xf0 -> LOCK;
            case 0xf2 -> REP_F2;
            case 0xf3 -> REP_F3;
            default -> 0; // segments, REX
        };
    }

    /** Bytes of displacement (Table 2-2); {@code base} is the r/m field, or the base field when there is a SIB byte. */
    private static int displacement(int mod, int base) {
        return switch (mod) {
            case 0 -> base == 5 ? 4 : 0;
            case 1 -> 1;
            default -> 4;
        };
    }

    /** Extensions of one-byte opcodes that are no instruction (Table A-6), and LEA of a register. */
    private static boolean isReserved(int opcode, int modrm) {
        int extension = modrm >> 3 & 7;
        return switch (opcode) {
            case 0x8d -> modrm >= 0xc0;
            case 0xc6, 0xc7 -> extension != 0 && modrm != 0xf8; // MOV; XABORT, XBEGIN
            case 0xfe -> extension > 1;
            case 0xff -> extension == 7 || ((extension == 3 || extension == 5) && modrm >= 0xc0); // far: memory only
            default -> throw new AssertionError(opcode);
        };
    }

    private static int immediates(int shape, int prefixes, int rex) {
        int bytes = 0;
        if ((shape & IMM8) != 0) {
            bytes += 1;
        }
        if ((shape & IMM16) != 0) {
            bytes += 2;
        }
        if ((shape & REL32) != 0) {
            bytes += 4;
        }
        if ((shape & (IMM_OPERAND_SIZE | IMM_FULL_SIZE)) != 0) {
            if ((rex & REX_W) != 0) {
                bytes += (shape & IMM_FULL_SIZE) != 0 ? 8 : 4;
            } else {
                bytes += (prefixes & OPERAND_SIZE) != 0 ? 2 : 4;
            }
        }
        if ((shape & MOFFS) != 0) {
            bytes += (prefixes & ADDRESS_SIZE) != 0 ? 4 : 8;
        }
        if ((shape & SSE4A) != 0 && isSse4a(prefixes)) {
            bytes += 2;
        }
        return bytes;
    }

    /** {@code 66 0f 78} is EXTRQ, {@code f2 0f 78} is INSERTQ; otherwise it is VMREAD, without immediates. */
    private static boolean isSse4a(int prefixes) {
        int mandatory = prefixes & (OPERAND_SIZE | REP_F2 | REP_F3);
        return mandatory == OPERAND_SIZE || (mandatory & REP_F2) != 0;
    }
}
