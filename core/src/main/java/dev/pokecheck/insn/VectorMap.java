// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static dev.pokecheck.insn.OpcodeMap.IMM8;
import static dev.pokecheck.insn.OpcodeMap.MODRM;
import static dev.pokecheck.insn.OpcodeMap.NONE;
import static dev.pokecheck.insn.OpcodeMap.REL32;

/**
 * What follows the opcode of an instruction with a VEX ({@code c4}, {@code c5}), EVEX ({@code 62}) or XOP ({@code 8f})
 * prefix (Intel SDM volume 2, "The VEX Prefix" and "Intel AVX-512 Encoding"; AMD APM volume 3, 1.1). Opcodes that a map has not assigned get the
 * general form of the map.
 */
final class VectorMap {
    /** The payload of the prefix or the opcode is missing. */
    static final int OUT_OF_BYTES = -1;

    private static final int MODRM_IMM32 = MODRM | REL32;

    private VectorMap() {}

    /** Bytes between the prefix and the opcode. */
    static int payload(int prefix) {
        return switch (prefix) {
            case 0xc5 -> 1;
            case 0x62 -> 3;
            default -> 2;
        };
    }

    /** The shape, as in {@link OpcodeMap}; {@code at} is the first byte behind {@code prefix}. */
    static int shape(int prefix, byte[] code, int at, int end) {
        int payload = payload(prefix);
        if (end - at <= payload) {
            return OUT_OF_BYTES;
        }
        int opcode = code[at + payload] & 0xff;
        return switch (prefix) {
            case 0xc5 -> vex(1, opcode);
            case 0xc4 -> vex(code[at] & 0x1f, opcode);
            case 0x62 -> isEvex(code[at], code[at + 1]) ? evex(code[at] & 7, opcode) : NONE;
            default -> xop(code[at] & 0x1f);
        };
    }

    private static int vex(int map, int opcode) {
        return switch (map) {
            case 1 -> opcode == 0x77 ? 0 : map1(opcode); // VZEROUPPER, VZEROALL
            case 2, 5 -> MODRM;
            case 3 -> MODRM | IMM8;
            case 7 -> opcode == 0xf6 || opcode == 0xf8 ? MODRM_IMM32 : NONE; // RDMSR, WRMSRNS, URDMSR, UWRMSR imm32
            default -> NONE;
        };
    }

    private static int evex(int map, int opcode) {
        return switch (map) {
            case 1 -> map1(opcode);
            case 2, 5, 6 -> MODRM;
            case 3 -> MODRM | IMM8;
            default -> NONE;
        };
    }

    private static int xop(int map) {
        return switch (map) {
            case 8 -> MODRM | IMM8;
            case 9 -> MODRM;
            case 10 -> MODRM_IMM32;
            default -> NONE;
        };
    }

    /** Shuffles, shifts by an immediate, compare, insert and extract word. */
    private static int map1(int opcode) {
        return switch (opcode) {
            case 0x70, 0x71, 0x72, 0x73, 0xc2, 0xc4, 0xc5, 0xc6 -> MODRM | IMM8;
            default -> MODRM;
        };
    }

    /** The fixed bits, 0 in the first and 1 in the second payload byte (2.7.1). */
    private static boolean isEvex(int first, int second) {
        return (first & 8) == 0 && (second & 4) != 0;
    }
}
