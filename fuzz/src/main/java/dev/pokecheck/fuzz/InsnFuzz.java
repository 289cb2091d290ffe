// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Encoder;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.LengthDecoder;
import dev.pokecheck.insn.Printer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Fuzz target: bytes are code. Decoding never throws; the length decoder, the decoder and the printer agree; what the encoder can make comes
 * out of it as it went into the decoder.
 */
public final class InsnFuzz {
    private static final ByteTarget TARGET = new ByteTarget(Settings.ofSystem(), InsnFuzz::run);
    /** The last byte of this kernel text address and a displacement of either sign both fit. */
    private static final long ADDRESS = 0xffffffff81000000L;

    private InsnFuzz() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.end();
    }

    private static boolean run(byte[] input) {
        check(input);
        return showsCanary(input);
    }

    /** Checks one input. */
    static void check(byte[] code) {
        int at = 0;
        int lengths = 0;
        while (at < code.length) {
            Insn insn = Decoder.decode(code, at, code.length, ADDRESS + at);
            int length = LengthDecoder.length(code, at, code.length);
            require(length == insn.length(), code, at, "length " + length + ", but decoded as " + insn);
            String att = Printer.att(code, at, code.length, ADDRESS + at);
            String intel = Printer.intel(code, at, code.length, ADDRESS + at);
            require(agrees(insn, att) && agrees(insn, intel), code, at, insn + " is printed as " + att + " / " + intel);
            lengths++;
            if (!insn.isValid()) {
                break;
            }
            prefixesAreTruncated(code, at, insn);
            roundTrip(code, at, insn);
            at += insn.length();
        }
        String all = Printer.att(code, ADDRESS);
        int printed = all.isEmpty() ? 0 : all.split("; ", -1).length;
        require(printed == lengths, code, 0, lengths + " instructions are printed as " + printed + ": " + all);
    }

    private static boolean agrees(Insn insn, String text) {
        boolean bad = text.contains(Printer.BAD);
        boolean truncated = text.contains(Printer.TRUNCATED);
        return !text.isEmpty() && bad == insn.equals(Insn.INVALID) && truncated == insn.equals(Insn.TRUNCATED);
    }

    private static void prefixesAreTruncated(byte[] code, int at, Insn insn) {
        for (int limit = at; limit < at + insn.length(); limit++) {
            Insn shorter = Decoder.decode(code, at, limit, ADDRESS + at);
            require(shorter.equals(Insn.TRUNCATED), code, at, "cut at " + limit + " it is decoded as " + shorter);
        }
    }

    private static void roundTrip(byte[] code, int at, Insn insn) {
        byte[] bytes = Arrays.copyOfRange(code, at, at + insn.length());
        byte[] encoded = encode(insn, bytes, ADDRESS + at);
        if (encoded.length == 0) {
            return;
        }
        Insn again = Decoder.decode(encoded, 0, encoded.length, ADDRESS + at);
        boolean same = again.equals(insn);
        // Prefixes that change nothing are not written again; then the length is another one.
        boolean shorter = encoded.length < bytes.length && again.kind() == insn.kind();
        require(
                same || shorter,
                code,
                at,
                insn + " is encoded as " + HexFormat.of().formatHex(encoded));
        if (encoded.length == bytes.length && !insn.kind().isIndirectBranch()) {
            require(
                    Arrays.equals(encoded, bytes),
                    code,
                    at,
                    "encoded as " + HexFormat.of().formatHex(encoded));
        }
    }

    /** What the encoder makes of it; nothing where it has no form for it. */
    private static byte[] encode(Insn insn, byte[] bytes, long address) {
        return switch (insn.kind()) {
            case CALL_REL32 -> Encoder.call(address + insn.length() - 5, insn.target());
            case JMP_REL32 -> Encoder.jmp32(address + insn.length() - 5, insn.target());
            case JMP_REL8 -> Encoder.jmp8(address + insn.length() - 2, insn.target());
            case JCC_REL32 -> Encoder.jcc32(insn.condition(), address + insn.length() - 6, insn.target());
            case JCC_REL8 -> Encoder.jcc8(insn.condition(), address + insn.length() - 2, insn.target());
            case RET -> Encoder.ret();
            case INT3 -> Encoder.int3();
            case ENDBR64 -> Encoder.endbr64();
            case UD2 -> Encoder.ud2();
            case CALL_INDIRECT ->
                bytes.length == 6 && bytes[1] == 0x15 ? Encoder.callIndirectRip(address, insn.target()) : new byte[0];
            case JMP_INDIRECT ->
                bytes.length == 6 && bytes[1] == 0x25 ? Encoder.jmpIndirectRip(address, insn.target()) : new byte[0];
            case NOP, INLINE, OTHER -> new byte[0];
        };
    }

    /** A decoder that takes every CALL for one byte less. */
    private static boolean showsCanary(byte[] code) {
        int length = LengthDecoder.length(code, 0, code.length);
        int broken = length == 5 && (code[0] & 0xff) == 0xe8 ? 4 : length;
        return broken != Decoder.decode(code, 0, code.length, ADDRESS).length();
    }

    private static void require(boolean condition, byte[] code, int at, String problem) {
        if (!condition) {
            throw new AssertionError(HexFormat.ofDelimiter(" ").formatHex(code) + " at +" + at + ": " + problem);
        }
    }
}
