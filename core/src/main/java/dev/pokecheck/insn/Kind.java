// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** What an instruction does, as far as a text-poking protocol cares. */
public enum Kind {
    /** {@code 90} without REX.B or REP, or {@code 0f 1f /0}; with any operand-size and segment prefixes. */
    NOP,
    /** {@code e8 rel32}: near call; the target is the callee. */
    CALL_REL32,
    /** {@code ff /2}: near call through memory or a register; {@link Insn#target} says through which. */
    CALL_INDIRECT,
    /** {@code e9 rel32}. */
    JMP_REL32,
    /** {@code eb rel8}. */
    JMP_REL8,
    /** {@code ff /4}: near jump through memory or a register; {@link Insn#target} says through which. */
    JMP_INDIRECT,
    /** {@code 0f 80+cc rel32}. */
    JCC_REL32,
    /** {@code 70+cc rel8}. */
    JCC_REL8,
    /** {@code c3}: near return that pops nothing but the return address ({@code c2 imm16} is {@link #OTHER}). */
    RET,
    /** {@code cc} without prefixes: the breakpoint. */
    INT3,
    /** {@code f3 0f 1e fa}: a legal target of indirect branches under CET. */
    ENDBR64,
    /** {@code 0f 0b}: raises #UD; the kernel's BUG() and WARN(). */
    UD2,
    /**
     * A known body of a patch site that does not transfer control: one of {@link InlineOp}, or a read-modify-write of
     * memory behind a LOCK prefix or the DS prefix that replaces it on a single CPU.
     */
    INLINE,
    /** Any other instruction; only its length is known. */
    OTHER;

    /** Whether the instruction holds a displacement relative to its own end, so that moving it changes its bytes. */
    public boolean isRelativeBranch() {
        return switch (this) {
            case CALL_REL32, JMP_REL32, JMP_REL8, JCC_REL32, JCC_REL8 -> true;
            case NOP, CALL_INDIRECT, JMP_INDIRECT, RET, INT3, ENDBR64, UD2, INLINE, OTHER -> false;
        };
    }

    /** Whether the instruction branches on a condition code. */
    public boolean isConditional() {
        return this == JCC_REL32 || this == JCC_REL8;
    }

    /**
     * Whether it is a near branch that is taken: a call, a jump, a return.
     *
     * @param taken what a conditional jump does
     */
    public boolean branches(boolean taken) {
        return switch (this) {
            case CALL_REL32, CALL_INDIRECT, JMP_REL32, JMP_REL8, JMP_INDIRECT, RET -> true;
            case JCC_REL32, JCC_REL8 -> taken;
            case NOP, INT3, ENDBR64, UD2, INLINE, OTHER -> false;
        };
    }

    /** Whether the instruction branches to what an operand holds, which is not in the code. */
    public boolean isIndirectBranch() {
        return this == CALL_INDIRECT || this == JMP_INDIRECT;
    }

    /**
     * Whether control can come to the byte after the instruction without a branch to it: a call is expected to return. Not after a jump, RET or
     * UD2. INT3 is a trap, so that it is up to its handler.
     */
    public boolean fallsThrough() {
        return switch (this) {
            case JMP_REL32, JMP_REL8, JMP_INDIRECT, RET, UD2 -> false;
            case NOP, CALL_REL32, CALL_INDIRECT, JCC_REL32, JCC_REL8, INT3, ENDBR64, INLINE, OTHER -> true;
        };
    }
}
