// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import org.jspecify.annotations.Nullable;

/**
 * A read-modify-write of memory that LOCK may stand before (Intel SDM volume 2, LOCK). Linux turns the LOCK prefix of
 * these into a DS override, and back, as it goes from several CPUs to one ({@code .smp_locks}).
 *
 * @param name the mnemonic without operand size
 * @param modrm offset of the ModRM byte behind the opcode
 * @param isByte whether the operand is a byte
 * @param source where the second operand comes from
 */
record LockedOp(String name, int modrm, boolean isByte, Source source) {
    /** The second operand. */
    enum Source {
        /** There is none. */
        NONE,
        /** The register in the reg field of ModRM. */
        REGISTER,
        /** One byte, sign-extended to the operand size. */
        IMM8,
        /** One byte that is a bit number. */
        BIT,
        /** As many bytes as the operand has, at most four, sign-extended. */
        IMM,
        /** None; the operand is two general operands wide. */
        NONE_PAIR
    }

    private static final String[] ARITHMETIC = {"add", "or", "adc", "sbb", "and", "sub", "xor"};

    /** The locked operation whose opcode is at {@code code[at]} in a valid instruction, or null. */
    static @Nullable LockedOp find(byte[] code, int at) {
        boolean twoByte = code[at] == 0x0f;
        int modrmAt = twoByte ? at + 2 : at + 1;
        int opcode = code[modrmAt - 1] & 0xff;
        if (!isReadModifyWrite(twoByte, opcode) || (code[modrmAt] & 0xc0) == 0xc0) {
            return null;
        }
        int extension = code[modrmAt] >> 3 & 7;
        return twoByte ? twoByte(opcode, extension, modrmAt) : oneByte(opcode, extension, modrmAt);
    }

    private static boolean isReadModifyWrite(boolean twoByte, int opcode) {
        return twoByte
                ? switch (opcode) {
                    case 0xab, 0xb0, 0xb1, 0xb3, 0xba, 0xbb, 0xc0, 0xc1, 0xc7 -> true;
                    default -> false;
                }
                : switch (opcode) {
                    case 0x80, 0x81, 0x83, 0x86, 0x87, 0xf6, 0xf7, 0xfe, 0xff -> true;
                    default -> opcode < 0x38 && (opcode & 7) < 2;
                };
    }

    private static @Nullable LockedOp oneByte(int opcode, int extension, int modrm) {
        boolean isByte = (opcode & 1) == 0;
        return switch (opcode) {
            case 0x80, 0x81 -> extension == 7 ? null : new LockedOp(ARITHMETIC[extension], modrm, isByte, Source.IMM);
            case 0x83 -> extension == 7 ? null : new LockedOp(ARITHMETIC[extension], modrm, false, Source.IMM8);
            case 0x86, 0x87 -> new LockedOp("xchg", modrm, isByte, Source.REGISTER);
            case 0xf6, 0xf7 ->
                extension == 2 || extension == 3
                        ? new LockedOp(extension == 2 ? "not" : "neg", modrm, isByte, Source.NONE)
                        : null;
            case 0xfe, 0xff ->
                extension < 2 ? new LockedOp(extension == 0 ? "inc" : "dec", modrm, isByte, Source.NONE) : null;
            default -> new LockedOp(ARITHMETIC[opcode >> 3], modrm, isByte, Source.REGISTER);
        };
    }

    private static @Nullable LockedOp twoByte(int opcode, int extension, int modrm) {
        boolean isByte = (opcode & 1) == 0;
        return switch (opcode) {
            case 0xab -> new LockedOp("bts", modrm, false, Source.REGISTER);
            case 0xb3 -> new LockedOp("btr", modrm, false, Source.REGISTER);
            case 0xbb -> new LockedOp("btc", modrm, false, Source.REGISTER);
            case 0xba ->
                switch (extension) {
                    case 5 -> new LockedOp("bts", modrm, false, Source.BIT);
                    case 6 -> new LockedOp("btr", modrm, false, Source.BIT);
                    case 7 -> new LockedOp("btc", modrm, false, Source.BIT);
                    default -> null;
                };
            case 0xb0, 0xb1 -> new LockedOp("cmpxchg", modrm, isByte, Source.REGISTER);
            case 0xc0, 0xc1 -> new LockedOp("xadd", modrm, isByte, Source.REGISTER);
            default -> extension == 1 ? new LockedOp("cmpxchg", modrm, false, Source.NONE_PAIR) : null;
        };
    }
}
