// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** The text of one instruction: prefixes that are no part of an operand as words, mnemonic, operands. */
final class InsnText {
    private static final String[] CONDITIONS = {
        "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"
    };

    private final Syntax syntax;
    private final byte[] code;
    private final int offset;
    private final Insn insn;
    private final long end;
    private final Prefixes prefixes;
    private final int opcodeAt;

    private InsnText(Syntax syntax, byte[] code, int offset, Insn insn, long address) {
        this.syntax = syntax;
        this.code = code;
        this.offset = offset;
        this.insn = insn;
        this.end = address + insn.length();
        this.prefixes = Prefixes.at(code, offset);
        this.opcodeAt = offset + prefixes.length();
    }

    /** The text of {@code insn}, which was decoded from {@code code[offset..limit)} at {@code address}. */
    static String of(Syntax syntax, byte[] code, int offset, int limit, Insn insn, long address) {
        if (insn.equals(Insn.INVALID)) {
            return Printer.BAD;
        }
        if (insn.equals(Insn.TRUNCATED)) {
            return offset == limit ? Printer.TRUNCATED : Printer.bytes(code, offset, limit) + " " + Printer.TRUNCATED;
        }
        return new InsnText(syntax, code, offset, insn, address).text();
    }

    private String text() {
        return switch (insn.kind()) {
            case NOP -> nop();
            case CALL_REL32 -> branch("call");
            case JMP_REL32, JMP_REL8 -> branch("jmp");
            case JCC_REL32, JCC_REL8 -> branch("j" + CONDITIONS[insn.condition()]);
            case CALL_INDIRECT -> indirect("call");
            case JMP_INDIRECT -> indirect("jmp");
            case RET -> allPrefixes() + "ret";
            case INT3 -> "int3";
            case ENDBR64 -> "endbr64";
            case UD2 -> allPrefixes() + "ud2";
            case INLINE -> inline();
            case OTHER -> Printer.bytes(code, offset, offset + insn.length());
        };
    }

    private String branch(String mnemonic) {
        return allPrefixes() + mnemonic + " 0x" + Long.toHexString(insn.target());
    }

    private String nop() {
        int bits = prefixes.operandBits();
        if (code[opcodeAt] == (byte) 0x90) {
            String ax = syntax.register(Registers.general(0, 16));
            return bits == 16 ? registerPrefixes() + "xchg " + ax + "," + ax : allPrefixes() + "nop";
        }
        int modrmAt = opcodeAt + 2;
        if ((code[modrmAt] & 0xc0) == 0xc0) {
            int register = (code[modrmAt] & 7) + prefixes.rexB();
            return registerPrefixes() + "nop " + syntax.register(Registers.general(register, bits));
        }
        MemoryOperand operand = MemoryOperand.at(code, modrmAt, prefixes, end);
        return operandPrefixes(true) + "nop" + syntax.suffix(bits) + " " + syntax.memory(operand, bits)
                + operand.comment();
    }

    private String indirect(String mnemonic) {
        int modrm = code[opcodeAt + 1] & 0xff;
        if (modrm >= 0xc0) {
            String register = syntax.register(Registers.general((modrm & 7) + prefixes.rexB(), 64));
            return prefixWords(false, true, -1) + mnemonic + " " + syntax.indirect(register);
        }
        MemoryOperand operand = MemoryOperand.at(code, opcodeAt + 1, prefixes, end);
        return operandPrefixes(false) + mnemonic + " " + syntax.indirect(syntax.memory(operand, 64))
                + operand.comment();
    }

    private String inline() {
        InlineOp op = InlineOp.find(code, offset, insn.length());
        if (op != null) {
            return syntax.inline(op);
        }
        LockedOp locked = LockedOp.find(code, opcodeAt);
        if (locked == null) {
            throw new AssertionError("neither inlined nor locked: " + Printer.bytes(code, offset, opcodeAt + 2));
        }
        return locked(locked);
    }

    private String locked(LockedOp op) {
        int bits = op.isByte() ? 8 : prefixes.operandBits();
        MemoryOperand operand = MemoryOperand.at(code, op.modrm(), prefixes, end);
        String head = operandPrefixes(!op.isByte() && op.source() != LockedOp.Source.NONE_PAIR) + op.name();
        return switch (op.source()) {
            case NONE -> head + syntax.suffix(bits) + " " + syntax.memory(operand, bits) + operand.comment();
            case NONE_PAIR ->
                head
                        + (bits == 64 ? "16b " : "8b ")
                        + syntax.memory(operand, bits == 64 ? 128 : 64)
                        + operand.comment();
            case REGISTER -> {
                int number = (code[op.modrm()] >> 3 & 7) + prefixes.rexR();
                String name = op.isByte()
                        ? Registers.byteSized(number, prefixes.rex() != 0)
                        : Registers.general(number, bits);
                String source = syntax.register(name);
                yield head + " " + syntax.operands(syntax.memory(operand, bits), source) + operand.comment();
            }
            case IMM, IMM8, BIT -> {
                String source = syntax.immediate(immediate(op.source(), bits));
                String both = syntax.operands(syntax.memory(operand, bits), source);
                yield head + syntax.suffix(bits) + " " + both + operand.comment();
            }
        };
    }

    /** The immediate, which is the end of the instruction, as an unsigned number of {@code bits}. */
    private long immediate(LockedOp.Source source, int bits) {
        int behind = offset + insn.length();
        if (source == LockedOp.Source.BIT) {
            return code[behind - 1] & 0xff;
        }
        long value = source == LockedOp.Source.IMM8 || bits == 8
                ? code[behind - 1]
                : bits == 16 ? LittleEndian.int16(code, behind - 2) : LittleEndian.int32(code, behind - 4);
        return bits == 64 ? value : value & (1L << bits) - 1;
    }

    private String allPrefixes() {
        return prefixWords(false, false, -1);
    }

    /** Without those that the registers, the memory operand and perhaps the operand size already show. */
    private String operandPrefixes(boolean showsSize) {
        return prefixWords(true, true, showsSize && !prefixes.rexW() ? lastOperandSize() : -1);
    }

    /** Without those that a register operand already shows. */
    private String registerPrefixes() {
        return prefixWords(false, true, prefixes.rexW() ? -1 : lastOperandSize());
    }

    private String prefixWords(boolean hasMemory, boolean hasOperand, int shownOperandSize) {
        StringBuilder words = new StringBuilder();
        for (int at = offset; at < opcodeAt; at++) {
            String word = switch (code[at] & 0xff) {
                case 0x66 -> at == shownOperandSize ? "" : "data16";
                case 0x67 -> hasMemory ? "" : "addr32";
                case 0xf0 -> "lock";
                case 0xf2 -> insn.kind() == Kind.INLINE ? "repnz" : "bnd";
                case 0xf3 -> "repz";
                case 0x26 -> "es";
                case 0x2e -> "cs";
                case 0x36 -> "ss";
                case 0x3e -> isNotrack() ? "notrack" : "ds";
                case 0x64 -> hasMemory && prefixes.segment() == 0x64 ? "" : "fs";
                case 0x65 -> hasMemory && prefixes.segment() == 0x65 ? "" : "gs";
                default -> hasOperand && at == opcodeAt - 1 ? "" : rex(code[at]);
            };
            words.append(word).append(word.isEmpty() ? "" : " ");
        }
        return words.toString();
    }

    /** A DS override before an indirect branch lets it go to code without ENDBR64. */
    private boolean isNotrack() {
        return insn.kind().isIndirectBranch() && prefixes.segment() == 0x3e;
    }

    private int lastOperandSize() {
        int at = opcodeAt - 1;
        while (at >= offset && code[at] != 0x66) {
            at--;
        }
        return at;
    }

    private static String rex(int prefix) {
        StringBuilder word = new StringBuilder((prefix & 15) == 0 ? "rex" : "rex.");
        for (int bit = 3; bit >= 0; bit--) {
            if ((prefix >> bit & 1) != 0) {
                word.append("BXRW".charAt(bit));
            }
        }
        return word.toString();
    }
}
