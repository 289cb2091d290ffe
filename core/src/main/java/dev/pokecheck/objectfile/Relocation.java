// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

/**
 * A number in a section that the linker computes (psABI, 4.4).
 *
 * @param offset where it is in the section
 * @param type its number there: {@code R_X86_64_PC32} is 2
 * @param symbol what it leads to
 * @param addend what is added to that
 */
public record Relocation(long offset, int type, Symbol symbol, long addend) {
    /** {@code R_X86_64_64}. */
    public static final int ABSOLUTE_64 = 1;

    private static final int PC32 = 2;
    private static final int PLT32 = 4;
    private static final int GOTPCREL = 9;
    private static final int ABSOLUTE_32 = 10;
    private static final int SIGNED_32 = 11;
    private static final int GOTPCRELX = 41;
    private static final int REX_GOTPCRELX = 42;

    /** Whether the number is the distance from where it is. */
    public boolean isRelative() {
        return type == PC32 || type == PLT32;
    }

    /** Whether the number is the address itself. */
    public boolean isAbsolute() {
        return type == ABSOLUTE_32 || type == SIGNED_32 || type == ABSOLUTE_64;
    }

    /** Whether it leads to a place that holds the address, and not to what is there. */
    public boolean isIndirect() {
        return type == GOTPCREL || type == GOTPCRELX || type == REX_GOTPCRELX;
    }

    /** How many bytes it has. */
    int length() {
        return type == ABSOLUTE_64 ? 8 : 4;
    }
}
