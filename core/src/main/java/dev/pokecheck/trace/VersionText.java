// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

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

    /** Where the code ends that somebody can get to. */
    private static int reached(Site site, int version) {
        int end = site.length();
        while (!site.isBoundary(version, end - 1)) {
            end--;
        }
        return end - 1 + site.instruction(version, end - 1).length();
    }
}
