// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * Bytes to {@link Insn}: what a CPU makes of the bytes at an address (Intel SDM volume 2, chapters 3 to 5 of the named
 * instructions).
 *
 * <p>Prefixes that change nothing about a branch, call, return or NOP in 64-bit mode are accepted and counted in its
 * length: operand size (see {@link LengthDecoder} for AMD), address size, segments, BND or REP, REX. With LOCK, which
 * raises #UD there, it becomes {@link Kind#OTHER}.
 */
public final class Decoder {
    private Decoder() {}

    /**
     * Decodes the instruction at {@code code[offset]}; bytes from {@code limit} on are not looked at.
     *
     * @param address linear address of {@code code[offset]}; targets wrap around at 2<sup>64</sup>
     * @return the instruction, {@link Insn#TRUNCATED} or {@link Insn#INVALID}
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= limit <= code.length}
     */
    public static Insn decode(byte[] code, int offset, int limit, long address) {
        int length = LengthDecoder.length(code, offset, limit);
        if (length <= 0) {
            return length == LengthDecoder.TRUNCATED ? Insn.TRUNCATED : Insn.INVALID;
        }
        if (InlineOp.find(code, offset, length) != null) {
            return Insn.of(Kind.INLINE, length);
        }
        Prefixes prefixes = Prefixes.at(code, offset);
        int at = offset + prefixes.length();
        if (prefixes.lock() || prefixes.segment() == 0x3e) {
            if (LockedOp.find(code, at) != null) {
                return Insn.of(Kind.INLINE, length);
            }
            if (prefixes.lock()) {
                return Insn.of(Kind.OTHER, length);
            }
        }
        long next = address + length;
        int opcode = code[at] & 0xff;
        return switch (opcode) {
            case 0x0f -> twoByte(code, at + 1, length, next, prefixes);
            case 0x90 -> Insn.of(prefixes.rep() == 0 && prefixes.rexB() == 0 ? Kind.NOP : Kind.OTHER, length);
            case 0xc3 -> Insn.of(Kind.RET, length);
            case 0xcc -> Insn.of(length == 1 ? Kind.INT3 : Kind.OTHER, length);
            case 0xe8 -> Insn.to(Kind.CALL_REL32, length, next + int32(code, at + 1));
            case 0xe9 -> Insn.to(Kind.JMP_REL32, length, next + int32(code, at + 1));
            case 0xeb -> Insn.to(Kind.JMP_REL8, length, next + code[at + 1]);
            case 0xff -> indirect(code, at + 1, length, next, prefixes);
            default ->
                (opcode & 0xf0) == 0x70
                        ? new Insn(Kind.JCC_REL8, length, next + code[at + 1], opcode & 15)
                        : Insn.of(Kind.OTHER, length);
        };
    }

    private static Insn twoByte(byte[] code, int at, int length, long next, Prefixes prefixes) {
        int opcode = code[at] & 0xff;
        if ((opcode & 0xf0) == 0x80) {
            return new Insn(Kind.JCC_REL32, length, next + int32(code, at + 1), opcode & 15);
        }
        Kind kind = switch (opcode) {
            case 0x0b -> Kind.UD2;
            case 0x1e ->
                length == 4 && prefixes.rep() == 0xf3 && (code[at + 1] & 0xff) == 0xfa ? Kind.ENDBR64 : Kind.OTHER;
            case 0x1f -> prefixes.rep() == 0 && (code[at + 1] & 0x38) == 0 ? Kind.NOP : Kind.OTHER;
            default -> Kind.OTHER;
        };
        return Insn.of(kind, length);
    }

    /** {@code ff /2} and {@code ff /4}; the other extensions do not branch, or go far. */
    private static Insn indirect(byte[] code, int modrm, int length, long next, Prefixes prefixes) {
        return switch (code[modrm] >> 3 & 7) {
            case 2 -> Insn.to(Kind.CALL_INDIRECT, length, IndirectOperand.target(code, modrm, next, prefixes));
            case 4 -> Insn.to(Kind.JMP_INDIRECT, length, IndirectOperand.target(code, modrm, next, prefixes));
            default -> Insn.of(Kind.OTHER, length);
        };
    }

    private static int int32(byte[] code, int at) {
        return LittleEndian.int32(code, at);
    }
}
