// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * One decoded instruction, or one of the two answers for bytes that are none: {@link #TRUNCATED}, {@link #INVALID}.
 *
 * @param kind what it does; {@link Kind#OTHER} for the two answers that are no instruction
 * @param length its bytes, 1..15, prefixes included; 0 for {@link #TRUNCATED}, -1 for {@link #INVALID}
 * @param target absolute destination of a relative branch; of an indirect one the address of the slot in memory that holds
 *     the destination, if it stands in the instruction, else a number that stands for its operand: equal for equal operands, and no
 *     canonical address; {@link #NO_TARGET} otherwise (address 0 is a legal target too: ask {@link #hasTarget})
 * @param condition condition code 0..15 as in the low four bits of the opcode (Appendix B.1.4.7); {@link
 *     #NO_CONDITION} when unconditional
 */
public record Insn(Kind kind, int length, long target, int condition) {
    /** The target of an instruction that has none. */
    public static final long NO_TARGET = 0;

    /** The condition of an instruction that has none. */
    public static final int NO_CONDITION = -1;

    /** The bytes are the beginning of an instruction whose end is missing. */
    public static final Insn TRUNCATED = new Insn(Kind.OTHER, LengthDecoder.TRUNCATED, NO_TARGET, NO_CONDITION);

    /** The bytes begin no instruction of 64-bit mode. */
    public static final Insn INVALID = new Insn(Kind.OTHER, LengthDecoder.INVALID, NO_TARGET, NO_CONDITION);

    /**
     * Checks that the parts belong together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Insn {
        if (length < LengthDecoder.INVALID || length > LengthDecoder.MAX_LENGTH) {
            throw new IllegalArgumentException("instruction length " + length + " is not 1..15, 0 or -1");
        }
        if (length <= 0 && kind != Kind.OTHER) {
            throw new IllegalArgumentException(kind + " without bytes");
        }
        if (kind.isConditional() ? condition < 0 || condition > 15 : condition != NO_CONDITION) {
            throw new IllegalArgumentException(kind + " with condition " + condition);
        }
    }

    static Insn of(Kind kind, int length) {
        return new Insn(kind, length, NO_TARGET, NO_CONDITION);
    }

    static Insn to(Kind kind, int length, long target) {
        return new Insn(kind, length, target, NO_CONDITION);
    }

    /** Whether this is an instruction at all. */
    public boolean isValid() {
        return length > 0;
    }

    /** Whether {@link #target} means something. */
    public boolean hasTarget() {
        return kind.isRelativeBranch() || kind.isIndirectBranch();
    }

    /** Whether this is the breakpoint. */
    public boolean isBreakpoint() {
        return kind == Kind.INT3;
    }

    /** Whether {@link #target} is an address: not where an indirect branch has an operand that depends on registers. */
    public boolean hasAddress() {
        return hasTarget() && !(kind.isIndirectBranch() && IndirectOperand.isName(target));
    }
}
