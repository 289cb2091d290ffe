// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Code made to be disassembled: cells of {@link #CELL} bytes that begin with prefixes, an opcode, a ModRM and operand
 * bytes, and go on with NOPs, at which a disassembler finds its way again.
 */
final class Encodings {
    static final int CELL = 32;

    /** Each addressing form, most extensions. */
    private static final int[] MODRM = {
        0x00, 0x04, 0x0d, 0x15, 0x2c, 0x44, 0x5c, 0x7d, 0x84, 0xb5, 0xc0, 0xd9, 0xe8, 0xff
    };

    private static final byte[] OPERANDS = HexFormat.of().parseHex("2511223344156677");

    private final ByteArrayOutputStream image = new ByteArrayOutputStream();

    /** All opcodes of all maps behind usual prefixes. */
    static byte[] allOpcodes() {
        Encodings encodings = new Encodings();
        for (String prefixes : new String[] {"", "66", "f2", "f3", "48", "41", "67", "2e", "6648", "f348", "4866"}) {
            encodings.map(prefixes, "");
            encodings.map(prefixes, "0f");
            encodings.map(prefixes, "0f38");
            encodings.map(prefixes, "0f3a");
        }
        for (String vector : new String[] {"c5f8", "c5fd", "c4e178", "c4e2f9", "c4e379", "c4c37d"}) {
            encodings.map("", vector);
            encodings.map("67", vector);
        }
        for (String vector :
                new String[] {"62f17c48", "62f27d48", "62f3fd48", "62f57c48", "62d67d08", "8fe878", "8fe978", "8fea78"
                }) {
            encodings.map("", vector);
        }
        return encodings.image.toByteArray();
    }

    /** What {@link Printer} knows: NOPs and locked operations with all prefixes and addressing forms, and branches. */
    static byte[] siteForms() {
        Encodings encodings = new Encodings();
        String[] opcodes = {
            "0f1f", "00", "09", "10", "19", "20", "29", "30", "31", "80", "81", "83", "86", "87", "f6", "f7", "fe",
            "ff", "0fab", "0fb0", "0fb1", "0fb3", "0fba", "0fbb", "0fc0", "0fc1", "0fc7", "90", "e8", "e9", "eb", "c3"
        };
        for (String prefixes : new String[] {"", "66", "2e", "662e", "66662e", "65", "67", "48", "42", "44", "4f"}) {
            for (String lock : new String[] {"", "f0", "3e"}) {
                for (String opcode : opcodes) {
                    for (int modrm = 0; modrm < 256; modrm += 3) {
                        encodings.cell(lock + prefixes + opcode, modrm);
                    }
                }
            }
        }
        return encodings.image.toByteArray();
    }

    private void map(String prefixes, String escape) {
        for (int opcode = 0; opcode < 256; opcode++) {
            boolean isEscape = escape.equals("0f") && (opcode & ~2) == 0x38;
            if (isEscape || (escape.isEmpty() && isNotYetAnOpcode(opcode))) {
                continue;
            }
            for (int modrm : MODRM) {
                cell(prefixes + escape + String.format("%02x", opcode), modrm);
            }
        }
    }

    private static boolean isNotYetAnOpcode(int opcode) {
        return switch (opcode) {
            case 0x0f, 0x26, 0x2e, 0x36, 0x3e, 0x62, 0x64, 0x65, 0x66, 0x67, 0xc4, 0xc5, 0xf0, 0xf2, 0xf3 -> true;
            default -> (opcode & 0xf0) == 0x40;
        };
    }

    private void cell(String head, int modrm) {
        byte[] cell = new byte[CELL];
        Arrays.fill(cell, (byte) 0x90);
        byte[] code = HexFormat.of().parseHex(head);
        System.arraycopy(code, 0, cell, 0, code.length);
        cell[code.length] = (byte) modrm;
        System.arraycopy(OPERANDS, 0, cell, code.length + 1, OPERANDS.length);
        image.writeBytes(cell);
    }
}
