// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.OpcodeBytes;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;

/**
 * Words for a decoder of instructions, as {@code insn_decode_kernel()} uses one: what is asked of the bytes of a version is answered when the file is read. Of other bytes
 * it is refused.
 */
final class InsnWords {
    /** The kernel keeps three bytes of an opcode; a fourth one is never used. */
    private static final int OPCODE_BYTES = 4;

    private final Reading reading;
    private final Words words;

    /** The instruction that a pointer leads to. */
    private record Found(VersionBytes.Version version, int offset, Insn insn) {
        Site site() {
            return version.site();
        }
    }

    InsnWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.is(
                "insn_length",
                1,
                (at, a) -> Num.of(Math.max(0, found(a.get(0)).insn().length())));
        words.is("insn_opcode", 2, this::opcode);
        words.is(
                "insn_is_branch",
                1,
                (at, a) -> Num.truth(found(a.get(0)).insn().kind().isRelativeBranch()));
        words.is("insn_distance", 1, this::distance);
    }

    private Found found(CExpr pointer) {
        CPlace place = reading.places.pointed(pointer);
        if (place.object().kind() != CObject.Kind.BYTES
                || place.other().isPresent()
                || !place.index().isKnown()) {
            throw pointer.at()
                    .wrong(
                            "which instruction this is is not known when the file is read",
                            "POKE_BYTES(s, version) are those of a version");
        }
        VersionBytes.Version version = reading.versions.version(place.object());
        int offset = (int) place.index().known();
        if (offset < 0 || offset >= version.site().length()) {
            throw pointer.at().wrong("this reads beyond the bytes of " + place.text(), "");
        }
        return new Found(version, offset, version.site().instruction(version.number(), offset));
    }

    private Num opcode(Token at, List<CExpr> arguments) {
        Found found = found(arguments.get(0));
        Num number = reading.expressions.number(arguments.get(1));
        if (!number.isKnown() || number.known() < 0 || number.known() >= OPCODE_BYTES) {
            throw at.wrong("an opcode has bytes 0 to " + (OPCODE_BYTES - 1), "");
        }
        byte[] code = found.site().bytes(found.version().number());
        byte[] opcode = OpcodeBytes.at(code, found.offset());
        return Num.of(number.known() < opcode.length ? opcode[(int) number.known()] & 0xff : 0);
    }

    private Num distance(Token at, List<CExpr> arguments) {
        Found found = found(arguments.get(0));
        if (!found.insn().kind().isRelativeBranch()) {
            throw at.wrong("this instruction is no relative branch", "ask __pc_insn_is_branch() first");
        }
        int next =
                reading.addresses.of(found.site(), found.offset() + found.insn().length());
        return Num.of((long) reading.versions.target(found.site(), found.insn()) - next);
    }
}
