// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.Locale;

/**
 * Makes the instructions that protocols write, in their shortest form without prefixes. Displacements count from the
 * end of the instruction and wrap around at 2<sup>64</sup>. Every array returned is fresh.
 */
public final class Encoder {
    private Encoder() {}

    /**
     * {@code e8 rel32}, 5 bytes.
     *
     * @throws IllegalArgumentException if {@code to} is out of reach of {@code from}
     */
    public static byte[] call(long from, long to) {
        return rel32("call", from, to, 0xe8);
    }

    /**
     * {@code e9 rel32}, 5 bytes.
     *
     * @throws IllegalArgumentException if {@code to} is out of reach of {@code from}
     */
    public static byte[] jmp32(long from, long to) {
        return rel32("jmp32", from, to, 0xe9);
    }

    /**
     * {@code eb rel8}, 2 bytes.
     *
     * @throws IllegalArgumentException if {@code to} is out of reach of {@code from}
     */
    public static byte[] jmp8(long from, long to) {
        return rel8("jmp8", from, to, 0xeb);
    }

    /**
     * {@code 0f 80+cc rel32}, 6 bytes.
     *
     * @throws IllegalArgumentException if the condition is not 0..15 or {@code to} is out of reach of {@code from}
     */
    public static byte[] jcc32(int condition, long from, long to) {
        return rel32("jcc32", from, to, 0x0f, 0x80 + checkCondition(condition));
    }

    /**
     * {@code 70+cc rel8}, 2 bytes.
     *
     * @throws IllegalArgumentException if the condition is not 0..15 or {@code to} is out of reach of {@code from}
     */
    public static byte[] jcc8(int condition, long from, long to) {
        return rel8("jcc8", from, to, 0x70 + checkCondition(condition));
    }

    /**
     * {@code ff 15 disp32}, 6 bytes: calls what the memory at {@code slot} points to, addressed relative to RIP.
     *
     * @throws IllegalArgumentException if {@code slot} is out of reach of {@code from}
     */
    public static byte[] callIndirectRip(long from, long slot) {
        return rel32("call through rip", from, slot, 0xff, 0x15);
    }

    /** {@code ff 14 25 disp32}, 7 bytes: calls what the memory at the sign-extended address {@code slot} points to. */
    public static byte[] callIndirectAbs(int slot) {
        byte[] code = bytes(7, 0xff, 0x14, 0x25);
        LittleEndian.putInt32(code, 3, slot);
        return code;
    }

    /**
     * {@code ff 25 disp32}, 6 bytes: jumps to what the memory at {@code slot} points to, addressed relative to RIP.
     *
     * @throws IllegalArgumentException if {@code slot} is out of reach of {@code from}
     */
    public static byte[] jmpIndirectRip(long from, long slot) {
        return rel32("jump through rip", from, slot, 0xff, 0x25);
    }

    /**
     * {@code ff e0+register}, 2 bytes, or 3 with REX.B from register 8 on: jumps to what the register holds.
     *
     * @throws IllegalArgumentException if the register is not 0..15
     */
    public static byte[] jmpRegister(int register) {
        if (register < 0 || register > 15) {
            throw new IllegalArgumentException("register " + register + " is not 0..15");
        }
        return register < 8 ? bytes(2, 0xff, 0xe0 + register) : bytes(3, 0x41, 0xff, 0xe0 + (register & 7));
    }

    /** {@code c3}. */
    public static byte[] ret() {
        return bytes(1, 0xc3);
    }

    /** {@code cc}. */
    public static byte[] int3() {
        return bytes(1, 0xcc);
    }

    /** {@code f3 0f 1e fa}. */
    public static byte[] endbr64() {
        return bytes(4, 0xf3, 0x0f, 0x1e, 0xfa);
    }

    /** {@code 0f 0b}. */
    public static byte[] ud2() {
        return bytes(2, 0x0f, 0x0b);
    }

    private static byte[] rel32(String name, long from, long to, int... opcode) {
        int length = opcode.length + 4;
        long displacement = to - (from + length);
        if (displacement != (int) displacement) {
            throw outOfReach(name, from, to, displacement, 32);
        }
        byte[] code = bytes(length, opcode);
        LittleEndian.putInt32(code, opcode.length, (int) displacement);
        return code;
    }

    private static byte[] rel8(String name, long from, long to, int opcode) {
        long displacement = to - (from + 2);
        if (displacement != (byte) displacement) {
            throw outOfReach(name, from, to, displacement, 8);
        }
        return bytes(2, opcode, (int) displacement);
    }

    private static byte[] bytes(int length, int... head) {
        byte[] code = new byte[length];
        for (int i = 0; i < head.length; i++) {
            code[i] = (byte) head[i];
        }
        return code;
    }

    private static int checkCondition(int condition) {
        if (condition < 0 || condition > 15) {
            throw new IllegalArgumentException("condition code " + condition + " is not 0..15");
        }
        return condition;
    }

    private static IllegalArgumentException outOfReach(String name, long from, long to, long displacement, int bits) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s from 0x%x to 0x%x: displacement %d does not fit in %d bits",
                name,
                from,
                to,
                displacement,
                bits));
    }
}
