// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.Arrays;

/** The bytes that say what an instruction is, without prefixes, ModRM and what follows (Intel SDM volume 2, 2.1.2). */
public final class OpcodeBytes {
    private OpcodeBytes() {}

    /**
     * The opcode of the instruction at {@code code[offset]}: one byte, {@code 0f} and a second one, or {@code 0f 38} or {@code 0f 3a} and a third one.
     * For an instruction with a VEX, EVEX or XOP prefix it is the first byte of that prefix.
     *
     * @return the bytes, none if there is no whole instruction
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= code.length}
     */
    public static byte[] at(byte[] code, int offset) {
        if (LengthDecoder.length(code, offset, code.length) <= 0) {
            return new byte[0];
        }
        int first = offset + Prefixes.at(code, offset).length();
        int length = 1;
        if (code[first] == 0x0f) {
            length = code[first + 1] == 0x38 || code[first + 1] == 0x3a ? 3 : 2;
        }
        return Arrays.copyOfRange(code, first, first + length);
    }
}
