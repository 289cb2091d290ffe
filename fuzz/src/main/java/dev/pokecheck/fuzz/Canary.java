// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.Arrays;

/**
 * A protocol that is broken on purpose. A session that does not find it tests nothing: the fuzzer, the way of a finding into its file, or the
 * machine does not work. It is as the breakpoint method with the tail written before the breakpoint, and so torn.
 */
public final class Canary {
    /** Its name; it is in no catalog. */
    public static final String NAME = "canary";

    private static final byte INT3 = (byte) 0xcc;

    private Canary() {}

    /** The protocol. */
    public static CatalogEntry entry() {
        return new CatalogEntry(
                NAME, "", "planted by the fuzz module", "the tail is written before the breakpoint", Canary::record);
    }

    private static void record(ProtocolBuilder b) {
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                for (Site site : b.sites()) {
                    if (v < site.versions()) {
                        patch(r, site, v);
                    }
                }
            }
        });
    }

    private static void patch(Recorder r, Site site, int v) {
        String at = v + "." + site.name();
        byte[] bytes = site.bytes(v);
        r.patchBegin("patch" + at, site, v);
        if (bytes.length > 1) {
            r.textPoke("tail" + at, site, 1, Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        r.textPoke("int3" + at, site, 0, INT3);
        r.textPoke("head" + at, site, 0, bytes[0]);
        r.patchEnd("patched" + at, site, v);
    }
}
