// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a site can matter to a protocol: where it lies in its cache line, what instructions of what lengths its versions have, and at
 * which offsets two versions hold the same byte. Rows of one shape differ in displacements only.
 *
 * @param offset the offset in the cache line
 * @param versions the instructions of each version
 * @param equal the offsets at which versions agree with the first
 */
record SiteShape(int offset, List<String> versions, List<Integer> equal) {
    private static final int LINE = 64;

    static SiteShape of(SiteSpec spec) {
        Site site = spec.place(0);
        List<String> versions = new ArrayList<>();
        List<Integer> equal = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            versions.add(instructions(site, v));
            for (int i = 0; v > 0 && i < site.length(); i++) {
                if (site.at(v, i) == site.at(0, i)) {
                    equal.add(v * site.length() + i);
                }
            }
        }
        return new SiteShape((int) (site.address() % LINE), versions, equal);
    }

    private static String instructions(Site site, int version) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < site.length(); ) {
            Insn insn = site.instruction(version, at);
            names.add(insn.kind().name().toLowerCase(Locale.ROOT) + insn.length());
            at += insn.length();
        }
        return String.join("+", names);
    }

    /** It in words; equal bytes are counted only. */
    String text() {
        return String.join(" -> ", versions) + " at " + offset
                + (equal.isEmpty() ? "" : ", " + equal.size() + " equal bytes");
    }
}
