// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The versions of a site, with what they mean. */
final class VersionLines {
    private VersionLines() {}

    static List<String> of(Site site) {
        List<String> lines = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            String margin = v == 0 ? site.name() + " at 0x" + Long.toHexString(site.address()) : "";
            lines.add(String.format(
                    Locale.ROOT,
                    "%-21s %-4s %s   %s",
                    margin,
                    VersionNames.of(site, v),
                    Printer.hex(site.bytes(v)),
                    VersionText.of(site, v)));
        }
        return lines;
    }
}
