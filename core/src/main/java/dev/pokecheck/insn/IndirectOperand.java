// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/**
 * Where an indirect call or jump finds its destination. A slot whose address stands in the instruction is known by that address; registers are
 * not modelled, so that any other operand is known by a number of its own.
 */
final class IndirectOperand {
    /** Makes a number that is no canonical address, as bit 63 of it is clear. */
    private static final long NO_ADDRESS = 1L << 62;

    private static final int REGISTER = 0xc0;
    private static final int RIP_RELATIVE = 0x05;
    private static final int SIB = 0x04;
    private static final int NO_INDEX_NO_BASE = 0x25;
    /** ModRM without the field that extends the opcode. */
    private static final int MODE_AND_REGISTER = 0xc7;

    private IndirectOperand() {}

    /**
     * The target of a {@link Kind#CALL_INDIRECT} or {@link Kind#JMP_INDIRECT}, as {@link Insn#target} has it.
     *
     * @param modrm where in the code its ModRM stands
     * @param next the address after the instruction
     */
    static long target(byte[] code, int modrm, long next, Prefixes prefixes) {
        int form = code[modrm] & MODE_AND_REGISTER;
        boolean bySib = form < REGISTER && (form & 7) == SIB;
        int sib = bySib ? code[modrm + 1] & 0xff : 0;
        boolean relative = form == RIP_RELATIVE;
        boolean absolute = form == SIB && sib == NO_INDEX_NO_BASE && prefixes.rexX() == 0;
        int displacement = displacement(code, modrm + (bySib ? 2 : 1), form, sib);
        long slot = relative ? next + displacement : displacement;
        if (prefixes.addressSize()) {
            slot &= 0xffff_ffffL;
        }
        if ((relative || absolute) && !prefixes.movesSegmentBase()) {
            return slot;
        }
        return NO_ADDRESS
                | (slot & 0xffff_ffffL) << 16
                | (long) sib << 8
                | regardlessOfWidth(form, sib)
                | registers(prefixes, form) << 48;
    }

    /** Whether a target is a number that stands for an operand. */
    static boolean isName(long target) {
        return target >>> 62 == 1;
    }

    private static int displacement(byte[] code, int at, int form, int sib) {
        return switch (form >> 6) {
            case 0 -> form == RIP_RELATIVE || (form == SIB && (sib & 7) == 5) ? LittleEndian.int32(code, at) : 0;
            case 1 -> code[at];
            case 2 -> LittleEndian.int32(code, at);
            default -> 0;
        };
    }

    /** The form that a displacement of 0, 8 and 32 bits shares; those without a base have one of their own. */
    private static int regardlessOfWidth(int form, int sib) {
        boolean noBase = form < 0x40 && (form == RIP_RELATIVE || (form == SIB && (sib & 7) == 5));
        return form >= REGISTER || noBase ? form : 0x80 | (form & 7);
    }

    /** What prefixes say about the operand: the high halves of the registers, and for one in memory its segment and its address size. */
    private static long registers(Prefixes prefixes, int form) {
        long high = prefixes.rexB() >> 3 | prefixes.rexX() >> 2;
        if (form >= REGISTER) {
            return high & 1;
        }
        int segment = prefixes.movesSegmentBase() ? prefixes.segment() - 0x63 : 0;
        return high | (prefixes.addressSize() ? 4 : 0) | (long) segment << 3;
    }
}
