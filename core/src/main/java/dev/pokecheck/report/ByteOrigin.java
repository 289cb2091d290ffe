// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import java.util.Locale;
import java.util.stream.IntStream;

/** Of which version a byte is, as the style sheets name it. */
enum ByteOrigin {
    V0,
    V1,
    V2,
    V3,
    /** Of every version. */
    BOTH,
    INT3,
    NEITHER;

    /** Of a byte in a site; later versions than the fourth look like it. */
    static ByteOrigin of(Site site, int offset, String hex) {
        int[] versions = IntStream.range(0, site.versions())
                .filter(v -> Printer.hex(site.at(v, offset)).equals(hex))
                .toArray();
        if (versions.length > 1 && versions.length == site.versions()) {
            return BOTH;
        }
        if (versions.length > 0) {
            return values()[Math.min(V3.ordinal(), versions[0])];
        }
        return hex.equals("cc") ? INT3 : NEITHER;
    }

    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
