// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;

/** What code does, as far as one can tell it apart from outside: which functions it calls, where it jumps, what else it executes. */
final class Effects {
    private Effects() {}

    /** What an instruction does besides going on behind itself; empty for those that only do that. */
    static String of(Insn insn, byte[] code, int offset) {
        return switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> "call " + Long.toHexString(insn.target());
            case JMP_REL32, JMP_REL8, JMP_INDIRECT -> "jump " + Long.toHexString(insn.target());
            case NOP, ENDBR64 -> "";
            case RET, UD2, INT3 -> insn.kind().name();
            case INLINE, OTHER -> hex(code, offset, insn.length());
            case JCC_REL32, JCC_REL8 ->
                throw new IllegalArgumentException(
                        "a conditional jump has two outcomes, and threads have no way to choose one; leave it out");
        };
    }

    /** Whether control does not go on behind an instruction of a site. */
    static boolean leaves(Site site, Insn insn) {
        return !insn.kind().fallsThrough() && offsetOf(site, insn) < 0;
    }

    /** The offset in a site, or its end, where a branch goes; negative if it leaves the site. */
    static int offsetOf(Site site, Insn insn) {
        long offset = insn.target() - site.address();
        return insn.kind().isRelativeBranch() && offset >= 0 && offset <= site.length() ? (int) offset : -1;
    }

    /** Where control goes behind an instruction, if it stays in the site; calls return. */
    static int next(Site site, Insn insn, int offset) {
        boolean jump = insn.kind() == Kind.JMP_REL32 || insn.kind() == Kind.JMP_REL8;
        return jump ? offsetOf(site, insn) : offset + insn.length();
    }

    /**
     * What a version does as a whole.
     *
     * @throws IllegalArgumentException if it has a conditional jump, or a jump inside the site that goes back
     */
    static List<String> of(Site site, int version) {
        List<String> effects = new ArrayList<>();
        int offset = 0;
        while (offset < site.length()) {
            Insn insn = site.instruction(version, offset);
            add(effects, of(insn, site.bytes(version), offset));
            if (leaves(site, insn)) {
                break;
            }
            int next = next(site, insn, offset);
            if (next <= offset) {
                throw new IllegalArgumentException(site.name() + ": version " + version + " jumps back into itself");
            }
            offset = next;
        }
        return List.copyOf(effects);
    }

    /** Adds what was done, if it was anything. */
    static void add(List<String> effects, String effect) {
        if (!effect.isEmpty()) {
            effects.add(effect);
        }
    }

    private static String hex(byte[] code, int offset, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = offset; i < offset + length; i++) {
            text.append(Integer.toHexString((code[i] & 0xff) | 0x100), 1, 3);
        }
        return text.toString();
    }
}
