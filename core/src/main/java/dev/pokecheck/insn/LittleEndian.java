// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** Little-endian integers inside code bytes. */
final class LittleEndian {
    private LittleEndian() {}

    static short int16(byte[] code, int at) {
        return (short) ((code[at] & 0xff) | code[at + 1] << 8);
    }

    static int int32(byte[] code, int at) {
        return (int16(code, at) & 0xffff) | int16(code, at + 2) << 16;
    }

    static void putInt32(byte[] code, int at, int value) {
        for (int i = 0; i < 4; i++) {
            code[at + i] = (byte) (value >> (8 * i));
        }
    }
}
