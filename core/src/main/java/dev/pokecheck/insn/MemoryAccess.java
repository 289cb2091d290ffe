// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.Optional;

/**
 * What an instruction does with its operand in memory (Intel SDM volume 2, "Instruction Set Reference"), for the instructions that compilers emit for data.
 *
 * @param kind whether it loads, stores, or both
 * @param isThreadLocal whether the operand is relative to FS or GS
 * @param register the registers that the address is computed from, {@code (%rax,%rbx,4)} say; empty if it stands in the instruction, relative to RIP or not
 * @param isStack whether it is relative to RSP or RBP alone
 * @param displacementAt where in the instruction the displacement of 32 bits is; -1 if there is none
 * @param displacement the displacement, 0 if there is none
 */
public record MemoryAccess(
        Kind kind, boolean isThreadLocal, String register, boolean isStack, int displacementAt, int displacement) {
    /** What is done with memory. */
    public enum Kind {
        /** It is loaded. */
        LOAD,
        /** It is stored to. */
        STORE,
        /** It is loaded, and stored to. */
        UPDATE,
        /** The instruction has such an operand, and is none of those that are told apart here. */
        UNKNOWN
    }

    /**
     * The access of the instruction at {@code code[offset]}; empty if it has no operand in memory, or only computes its address. What PUSH, POP and calls do with the stack is no operand. Of the VEX and EVEX
     * encodings and of the maps 0F 38 and 0F 3A it is only known that there is one.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= limit <= code.length}
     */
    public static Optional<MemoryAccess> of(byte[] code, int offset, int limit) {
        int length = LengthDecoder.length(code, offset, limit);
        if (length <= 0) {
            return Optional.empty();
        }
        Prefixes prefixes = Prefixes.at(code, offset);
        int at = offset + prefixes.length();
        int opcode = code[at] & 0xff;
        if (isVector(opcode)) {
            return vector(code, at, offset, length);
        }
        if (isString(opcode)) {
            return Optional.of(string(opcode));
        }
        boolean isTwoByte = opcode == 0x0f;
        if (isTwoByte) {
            opcode = code[++at] & 0xff;
        }
        if (isTwoByte && (opcode == 0x38 || opcode == 0x3a)) {
            int modrm = at + 2;
            return isRegister(code[modrm])
                    ? Optional.empty()
                    : Optional.of(access(Kind.UNKNOWN, code, modrm, offset, length, prefixes));
        }
        int shape = isTwoByte ? OpcodeMap.TWO_BYTE[opcode] : OpcodeMap.ONE_BYTE[opcode];
        int modrm = at + 1;
        if ((shape & OpcodeMap.MODRM) == 0 || (shape & OpcodeMap.REGISTER_ONLY) != 0 || isRegister(code[modrm])) {
            return Optional.empty();
        }
        int extension = code[modrm] >> 3 & 7;
        Optional<Kind> kind = isTwoByte ? twoByte(opcode, extension, prefixes) : oneByte(opcode, extension);
        return kind.map(of -> access(of, code, modrm, offset, length, prefixes));
    }

    private static boolean isRegister(byte modrm) {
        return (modrm & 0xff) >= 0xc0;
    }

    private static boolean isVector(int opcode) {
        return opcode == 0xc4 || opcode == 0xc5 || opcode == 0x62;
    }

    /** VEX of two and three bytes, and EVEX: behind the prefix an opcode, and a ModRM for all but VZEROUPPER and VZEROALL. */
    private static Optional<MemoryAccess> vector(byte[] code, int prefix, int offset, int length) {
        int opcode = prefix
                + switch (code[prefix] & 0xff) {
                    case 0xc5 -> 2;
                    case 0xc4 -> 3;
                    default -> 4;
                };
        int modrm = opcode + 1;
        if (modrm - offset >= length || isRegister(code[modrm])) {
            return Optional.empty();
        }
        boolean isRelative = (code[modrm] & 0xc7) == 5;
        int displacementAt = isRelative ? modrm + 1 - offset : -1;
        // The bit that makes RSP into R12 and RBP into R13, inverted; the short prefix has none.
        boolean isExtended = opcode - prefix > 2 && (code[prefix + 1] & 0x20) == 0;
        int base = (code[modrm] & 7) == 4 ? code[modrm + 1] & 7 : code[modrm] & 7;
        boolean isStack = !isRelative && !isExtended && (base == 4 || base == 5);
        return Optional.of(
                new MemoryAccess(Kind.UNKNOWN, false, isRelative ? "" : "a register", isStack, displacementAt, 0));
    }

    private static boolean isString(int opcode) {
        return opcode >= 0xa4 && opcode <= 0xaf && opcode != 0xa8 && opcode != 0xa9;
    }

    private static MemoryAccess string(int opcode) {
        boolean isMove = opcode < 0xa6;
        boolean isStore = opcode == 0xaa || opcode == 0xab;
        boolean isLoad = opcode == 0xac || opcode == 0xad;
        Kind kind = isMove ? Kind.UPDATE : isStore ? Kind.STORE : Kind.LOAD;
        String register = isLoad ? "(%rsi)" : isStore || opcode > 0xad ? "(%rdi)" : "(%rsi) and (%rdi)";
        return new MemoryAccess(kind, false, register, false, -1, 0);
    }

    private static MemoryAccess access(Kind kind, byte[] code, int modrm, int offset, int length, Prefixes prefixes) {
        MemoryOperand operand = MemoryOperand.at(code, modrm, prefixes, 0);
        boolean hasSib = (code[modrm] & 7) == 4;
        int mod = code[modrm] >> 6 & 3;
        boolean isNear = operand.base().isEmpty() || operand.base().equals("rip");
        boolean isWide = mod == 2 || (mod == 0 && isNear);
        boolean isStack = operand.index().isEmpty()
                && (operand.base().equals("rsp") || operand.base().equals("rbp"))
                && operand.segment().isEmpty();
        boolean isFixed = isNear && operand.index().isEmpty();
        int at = isWide ? modrm + 1 + (hasSib ? 1 : 0) - offset : -1;
        return new MemoryAccess(
                kind,
                !operand.segment().isEmpty(),
                isFixed ? "" : operand.att(),
                isStack,
                at < length ? at : -1,
                operand.displacement());
    }

    private static Optional<Kind> oneByte(int opcode, int extension) {
        if (opcode < 0x40) {
            boolean isDestination = (opcode & 7) < 2 && opcode >> 3 != 7;
            return Optional.of(isDestination ? Kind.UPDATE : Kind.LOAD);
        }
        return switch (opcode) {
            case 0x8d -> Optional.empty();
            case 0x63, 0x69, 0x6b, 0x84, 0x85, 0x8a, 0x8b -> Optional.of(Kind.LOAD);
            case 0x80, 0x81, 0x83 -> Optional.of(extension == 7 ? Kind.LOAD : Kind.UPDATE);
            case 0x86, 0x87, 0xc0, 0xc1, 0xd0, 0xd1, 0xd2, 0xd3 -> Optional.of(Kind.UPDATE);
            case 0x88, 0x89, 0x8f, 0xc6, 0xc7 -> Optional.of(Kind.STORE);
            case 0xf6, 0xf7 -> Optional.of(extension == 2 || extension == 3 ? Kind.UPDATE : Kind.LOAD);
            case 0xfe -> Optional.of(Kind.UPDATE);
            case 0xff -> Optional.of(extension < 2 ? Kind.UPDATE : Kind.LOAD);
            default -> Optional.of(Kind.UNKNOWN);
        };
    }

    private static Optional<Kind> twoByte(int opcode, int extension, Prefixes prefixes) {
        if ((opcode >= 0x40 && opcode < 0x50) || (opcode >= 0x51 && opcode < 0x70)) {
            return Optional.of(Kind.LOAD);
        }
        if (opcode >= 0x90 && opcode < 0xa0) {
            return Optional.of(Kind.STORE);
        }
        return switch (opcode) {
            case 0x0d, 0x18, 0x19, 0x1c, 0x1d, 0x1e, 0x1f -> Optional.empty(); // hints and NOPs
            case 0x10, 0x12, 0x14, 0x15, 0x16, 0x28, 0x2e, 0x2f, 0xa3, 0xaf, 0xb6, 0xb7, 0xbc, 0xbd, 0xbe, 0xbf ->
                Optional.of(Kind.LOAD);
            case 0x11, 0x13, 0x17, 0x29, 0x2b, 0x7f, 0xc3, 0xd6, 0xe7 -> Optional.of(Kind.STORE);
            case 0x7e -> Optional.of(prefixes.rep() == 0xf3 ? Kind.LOAD : Kind.STORE);
            case 0xa4, 0xa5, 0xab, 0xac, 0xad, 0xb0, 0xb1, 0xb3, 0xbb, 0xc0, 0xc1 -> Optional.of(Kind.UPDATE);
            case 0xba -> Optional.of(extension == 4 ? Kind.LOAD : Kind.UPDATE);
            case 0xc7 -> Optional.of(extension == 1 ? Kind.UPDATE : Kind.UNKNOWN);
            default -> Optional.of(Kind.UNKNOWN);
        };
    }
}
