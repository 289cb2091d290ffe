// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.junit.PokeTest;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;

/**
 * One idea: a test says on which machines a protocol must hold, and is run once for each. A store to live text is torn where its bytes arrive
 * one by one; where it arrives whole and instructions are fetched whole, it never is.
 */
class Sample4JunitTest {
    @PokeTest(violates = Property.TORN)
    void bytesArriveOneByOne(ProtocolBuilder b) {
        storeAndSync(b);
    }

    @PokeTest(
            split = StoreSplit.WORD,
            fetch = {FetchModel.COHERENT, FetchModel.STALE_INSN})
    void storeArrivesWhole(ProtocolBuilder b) {
        storeAndSync(b);
    }

    private static void storeAndSync(ProtocolBuilder b) {
        var site = b.sites().get(0);
        b.patcher(r -> {
            r.patchBegin("begin", site, 1);
            r.textPoke("store", site, 0, site.bytes(1));
            r.syncEachCpu("sync", Sync.IRET);
            r.patchEnd("end", site, 1);
        });
    }
}
