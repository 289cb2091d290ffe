// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.HexFormat;
import java.util.List;

/**
 * The recommended NOP of each length, by source. All tables agree up to 8 bytes; they differ in the longest length and
 * in the prefixes that stretch the 8-byte form.
 */
public enum NopTable {
    /** Intel SDM volume 2, NOP, "Recommended Multi-Byte Sequence of NOP Instruction": up to 9 bytes. */
    INTEL(9, "66"),

    /** AMD Software Optimization Guide for Family 15h, multi-byte NOPs: up to 11 bytes. */
    AMD(11, "66"),

    /** Linux 6.1, {@code arch/x86/include/asm/nops.h} (64-bit): up to 8 bytes. */
    LINUX_6_1(8, ""),

    /** Linux 6.12, the same file: up to 11 bytes, the longest three with a CS override. */
    LINUX_6_12(11, "2e");

    private static final List<String> SHORT = List.of(
            "90", "6690", "0f1f00", "0f1f4000", "0f1f440000", "660f1f440000", "0f1f8000000000", "0f1f840000000000");

    private final int longest;
    private final String stretch;

    NopTable(int longest, String stretch) {
        this.longest = longest;
        this.stretch = stretch;
    }

    /** Bytes of the longest single NOP of this table. */
    public int longest() {
        return longest;
    }

    /**
     * The single NOP instruction of {@code length} bytes, in a fresh array.
     *
     * @throws IllegalArgumentException unless {@code 1 <= length <= longest()}
     */
    public byte[] nop(int length) {
        if (length < 1 || length > longest) {
            throw new IllegalArgumentException(this + " has NOPs of 1.." + longest + " bytes, not of " + length);
        }
        int extra = Math.max(0, length - SHORT.size());
        String code =
                extra == 0 ? SHORT.get(length - 1) : "66".repeat(extra - 1) + stretch + SHORT.get(SHORT.size() - 1);
        return HexFormat.of().parseHex(code);
    }

    /**
     * {@code length} bytes of NOPs, the longest ones first, as {@code add_nops()} of Linux 6.1 fills a
     * replacement that is shorter than its site. (Later kernels, and so 6.12, put one JMP over INT3s when the padding is
     * longer than one NOP.)
     *
     * @throws IllegalArgumentException if {@code length} is negative
     */
    public byte[] pad(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("cannot pad " + length + " bytes");
        }
        byte[] padding = new byte[length];
        for (int at = 0; at < length; ) {
            byte[] nop = nop(Math.min(length - at, longest));
            System.arraycopy(nop, 0, padding, at, nop.length);
            at += nop.length;
        }
        return padding;
    }
}
