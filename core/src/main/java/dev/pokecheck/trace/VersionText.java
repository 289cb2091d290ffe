// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import java.util.Arrays;

/** What the versions of a site mean. */
public final class VersionText {
    private VersionText() {}

    /** A version in AT&amp;T syntax, as far as anybody gets in it; of a probe, what it displaces. */
    public static String of(Site site, int version) {
        byte[] code = site.bytes(version);
        if (site.isProbe(version)) {
            code[0] = site.displacedHead(version);
            return "int3 over " + Printer.att(code, site.address());
        }
        int end = reached(site, version);
        String text = Printer.att(Arrays.copyOf(code, end), site.address());
        return end == code.length ? text : text + "; ...";
    }

    /** Where the code ends that somebody can get to: behind an unconditional jump that nothing before it jumps over. */
    private static int reached(Site site, int version) {
        int end = 0;
        int farthest = 0;
        while (end < site.length() && site.isBoundary(version, end)) {
            Insn insn = site.instruction(version, end);
            end += insn.length();
            if (insn.kind().isRelativeBranch()) {
                long target = insn.target() - site.address();
                farthest = target < site.length() ? Math.max(farthest, (int) target) : farthest;
            }
            boolean leaves = switch (insn.kind()) {
                case JMP_REL8, JMP_REL32, RET -> true;
                default -> false;
            };
            if (leaves && farthest < end) {
                return end;
            }
        }
        return end;
    }
}
