// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.text.Site;
import java.util.List;

/** Patching by memcpy over live text: the negative control. */
final class Naive {
    private Naive() {}

    static List<CatalogEntry> entries() {
        String source =
                "negative control; what every text on cross-modifying code warns of (Intel SDM vol. 3, \"Handling Self- and Cross-Modifying Code\")";
        return List.of(
                new CatalogEntry("naive", "", source, "memcpy over live text", b -> record(b, false)),
                new CatalogEntry(
                        "naive",
                        "sync",
                        source,
                        "memcpy over live text, then every CPU serializes",
                        b -> record(b, true)));
    }

    private static void record(ProtocolBuilder b, boolean sync) {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> {
            for (Site site : b.sites()) {
                r.textPoke(SharedSteps.at("memcpy", site, v), site, 0, site.bytes(v));
            }
            if (sync) {
                r.syncEachCpu("sync" + v, Sync.IRET);
            }
        }));
    }
}
