// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * An operand in memory, in the words of objdump.
 *
 * @param segment {@code fs}, {@code gs} or empty
 * @param base register name, {@code rip} or empty
 * @param index register name, {@code riz} for a SIB byte that names none and could have been shorter, or empty
 * @param scale 1, 2, 4 or 8
 * @param displacement sign-extended
 * @param isDisplaced whether there is a displacement, be it 0
 * @param end the address behind the instruction, to which a RIP-relative displacement is added
 */
record MemoryOperand(
        String segment, String base, String index, int scale, int displacement, boolean isDisplaced, long end) {
    private static final int NEEDS_SIB = 4;
    private static final int NO_INDEX = 4;
    private static final int NO_BASE = 5;

    /** Reads ModRM (a memory form), SIB and displacement from a valid instruction that ends at address {@code end}. */
    static MemoryOperand at(byte[] code, int modrmAt, Prefixes prefixes, long end) {
        int mod = code[modrmAt] >> 6 & 3;
        int rm = code[modrmAt] & 7;
        int bits = prefixes.addressSize() ? 32 : 64;
        int at = modrmAt + 1;
        String index = "";
        int scale = 1;
        boolean hasSib = rm == NEEDS_SIB;
        if (hasSib) {
            int sib = code[at++] & 0xff;
            rm = sib & 7;
            scale = 1 << (sib >> 6);
            int indexNumber = (sib >> 3 & 7) + prefixes.rexX();
            if (indexNumber != NO_INDEX) {
                index = Registers.general(indexNumber, bits);
            } else if (scale != 1 || (rm != NEEDS_SIB && (mod != 0 || rm != NO_BASE || bits == 32))) {
                index = bits == 64 ? "riz" : "eiz";
            }
        }
        String base = Registers.general(rm + prefixes.rexB(), bits);
        if (mod == 0 && rm == NO_BASE) {
            base = hasSib ? "" : bits == 64 ? "rip" : "eip";
            mod = 2;
        }
        int displacement = switch (mod) {
            case 0 -> 0;
            case 1 -> code[at];
            default -> LittleEndian.int32(code, at);
        };
        String segment = switch (prefixes.segment()) {
            case 0x64 -> "fs";
            case 0x65 -> "gs";
            default -> "";
        };
        return new MemoryOperand(segment, base, index, scale, displacement, mod != 0, end);
    }

    private boolean isAbsolute() {
        return base.isEmpty() && index.isEmpty();
    }

    /** {@code %gs:0x8(%rax,%rbx,4)}. */
    String att() {
        StringBuilder text = new StringBuilder();
        if (!segment.isEmpty()) {
            text.append('%').append(segment).append(':');
        }
        if (isAbsolute()) {
            return text.append("0x").append(Long.toHexString(displacement)).toString();
        }
        if (isDisplaced) {
            text.append(signed(displacement));
        }
        text.append('(');
        if (!base.isEmpty()) {
            text.append('%').append(base);
        }
        if (!index.isEmpty()) {
            text.append(",%").append(index).append(',').append(scale);
        }
        return text.append(')').toString();
    }

    /** {@code gs:[rax+rbx*4+0x8]}. */
    String intel() {
        if (isAbsolute()) {
            return (segment.isEmpty() ? "ds" : segment) + ":0x" + Long.toHexString(displacement);
        }
        StringBuilder text = new StringBuilder(segment);
        text.append(segment.isEmpty() ? "[" : ":[").append(base);
        if (!index.isEmpty()) {
            text.append(base.isEmpty() ? "" : "+").append(index).append('*').append(scale);
        }
        if (isDisplaced) {
            text.append(displacement < 0 ? "" : "+").append(signed(displacement));
        }
        return text.append(']').toString();
    }

    /** The address of a RIP-relative operand as a trailing comment, or nothing. */
    String comment() {
        return switch (base) {
            case "rip" -> " # 0x" + Long.toHexString(end + displacement);
            case "eip" -> " # 0x" + Long.toHexString(end + displacement & 0xffff_ffffL);
            default -> "";
        };
    }

    private static String signed(long value) {
        return value < 0 ? "-0x" + Long.toHexString(-value) : "0x" + Long.toHexString(value);
    }
}
