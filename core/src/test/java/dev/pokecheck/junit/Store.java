// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.text.Site;

/** A store to live text and a synchronisation: torn, unless the store and the fetches are whole. */
final class Store implements Protocol.Definition {
    @Override
    public void record(ProtocolBuilder builder) {
        Site site = builder.sites().get(0);
        builder.patcher(r -> {
            r.patchBegin("begin", site, 1);
            r.textPoke("store", site, 0, site.bytes(1));
            r.syncEachCpu("sync", Sync.IRET);
            r.patchEnd("end", site, 1);
        });
    }
}
