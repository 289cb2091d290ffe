// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.HexFormat;

/**
 * Code bytes as text: what patch sites hold as objdump writes it, with single spaces; anything else as {@code .byte}.
 * Addresses are hexadecimal with {@code 0x}; no symbols.
 */
public final class Printer {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final HexFormat BYTES = HexFormat.ofDelimiter(",").withPrefix("0x");

    /** Printed for bytes that begin no instruction. */
    public static final String BAD = "(bad)";

    /** Printed behind the bytes of an instruction whose end is missing. */
    public static final String TRUNCATED = "(truncated)";

    private Printer() {}

    /** Bytes as {@code e8 1f 44 00 00}. */
    public static String hex(byte... code) {
        return HEX.formatHex(code);
    }

    /**
     * All instructions in {@code code} in AT&amp;T syntax, separated by {@code "; "}, up to and including the first that
     * is none.
     *
     * @param address linear address of {@code code[0]}
     */
    public static String att(byte[] code, long address) {
        return all(Syntax.ATT, code, address);
    }

    /**
     * All instructions in {@code code} in Intel syntax, separated by {@code "; "}, up to and including the first that is
     * none.
     *
     * @param address linear address of {@code code[0]}
     */
    public static String intel(byte[] code, long address) {
        return all(Syntax.INTEL, code, address);
    }

    /**
     * The one instruction at {@code code[offset]} in AT&amp;T syntax; bytes from {@code limit} on are not looked at.
     *
     * @param address linear address of {@code code[offset]}
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= limit <= code.length}
     */
    public static String att(byte[] code, int offset, int limit, long address) {
        return InsnText.of(Syntax.ATT, code, offset, limit, Decoder.decode(code, offset, limit, address), address);
    }

    /**
     * The one instruction at {@code code[offset]} in Intel syntax; bytes from {@code limit} on are not looked at.
     *
     * @param address linear address of {@code code[offset]}
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= limit <= code.length}
     */
    public static String intel(byte[] code, int offset, int limit, long address) {
        return InsnText.of(Syntax.INTEL, code, offset, limit, Decoder.decode(code, offset, limit, address), address);
    }

    private static String all(Syntax syntax, byte[] code, long address) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < code.length) {
            Insn insn = Decoder.decode(code, at, code.length, address + at);
            text.append(at == 0 ? "" : "; ").append(InsnText.of(syntax, code, at, code.length, insn, address + at));
            if (!insn.isValid()) {
                break;
            }
            at += insn.length();
        }
        return text.toString();
    }

    static String bytes(byte[] code, int from, int to) {
        return ".byte " + BYTES.formatHex(code, from, to);
    }
}
