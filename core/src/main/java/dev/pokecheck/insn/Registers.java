// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** Names of the general registers, without the percent sign of AT&amp;T. */
final class Registers {
    private static final String[] CLASSIC = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] BYTES = {"al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"};

    private Registers() {}

    /** The name of register 0..15 as a 16-, 32- or 64-bit operand. */
    static String general(int number, int bits) {
        if (number < 8) {
            return (bits == 64 ? "r" : bits == 32 ? "e" : "") + CLASSIC[number];
        }
        return "r" + number + (bits == 64 ? "" : bits == 32 ? "d" : "w");
    }

    /** The name of register 0..15 as a byte; any REX prefix turns AH..BH into SPL..DIL. */
    static String byteSized(int number, boolean rex) {
        if (number >= 8) {
            return "r" + number + "b";
        }
        return rex && number >= 4 ? CLASSIC[number] + "l" : BYTES[number];
    }
}
