// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A memcpy tears, a single store does not, and what is no store is refused. */
class SingleStoreTest {
    private static Protocol.Definition patch(boolean single) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                if (single) {
                    r.textStore("store", site, 0, site.bytes(1));
                } else {
                    r.textPoke("memcpy", site, 0, site.bytes(1));
                }
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    private static Set<Incident> coherent(String site, StoreSplit split, boolean single) {
        return Litmus.sites(site)
                .with(b -> b.fetch(FetchModel.COHERENT).split(split))
                .run(patch(single))
                .incidents();
    }

    @Pins("text.single-store")
    @ParameterizedTest
    @EnumSource
    void aSingleStoreIsNeverTorn(StoreSplit split) {
        assertEquals(Set.of(), coherent("nop5->jmp32", split, true));
        assertEquals(Set.of(), coherent("nop8->jmp32@56", split, true));
    }

    @Pins("text.pieces")
    @Test
    void aMemcpyIsTornWhereItsPiecesMeet() {
        assertEquals(Set.of(Incident.TORN), coherent("nop5->jmp32", StoreSplit.BYTE, false));
        assertEquals(Set.of(), coherent("nop5->jmp32", StoreSplit.WORD, false));
        assertEquals(Set.of(Incident.TORN), coherent("nop5->jmp32@6", StoreSplit.WORD, false));
        assertEquals(Set.of(), coherent("nop5->jmp32@6", StoreSplit.WORD16, false));
        assertEquals(Set.of(), coherent("nop5->jmp32@6", StoreSplit.LINE, false));
        assertEquals(Set.of(Incident.TORN), coherent("nop5->jmp32@62", StoreSplit.LINE, false));
    }

    /** One instruction of 10 bytes: whatever the line, a memcpy of so many is two stores at least. */
    @Pins("text.pieces")
    @Test
    void noMemcpyIsWiderThanTheWidestStore() {
        String site = "48b8112233445566aa01->48b8998877665544bb02";
        assertEquals(Set.of(Incident.TORN), coherent(site, StoreSplit.LINE, false));
        assertEquals(Set.of(Incident.TORN), coherent(site, StoreSplit.WORD, false));
        assertEquals(Set.of(), coherent(site, StoreSplit.WORD16, false));
        assertEquals(Set.of(), coherent(site, StoreSplit.WORD16, true));
    }

    @Test
    void theLastByteOfTheLongestSiteIsAPiece() {
        Script script = new Script(Litmus.sites("90".repeat(32) + "->" + "f4".repeat(32))
                .with(b -> b.fetch(FetchModel.COHERENT))
                .machine(patch(false)));
        script.take("cpu0 begin");
        for (int at = 31; at >= 0; at--) {
            script.take("cpu0 memcpy site0+" + at + " [f4]");
        }
        assertEquals(
                Set.of(),
                script.take("cpu0 end", "cpu1 fetch site0 [f4]", "cpu1 fetch site0+1 [f4]")
                        .incidents());
    }

    /** Only the slowness of fetches is left to go wrong with it. */
    @Test
    void aBufferedSingleStoreDrainsAtOnce() {
        Outcomes outcomes = Litmus.sites("nop5->jmp32")
                .with(b -> b.fetch(FetchModel.COHERENT).data(DataModel.TSO))
                .run(patch(true));
        assertEquals(Set.of(Incident.STALE), outcomes.incidents());
        assertTrue(
                outcomes.took("cpu0 drain site0+0 [e9 6d 58 36 03]"),
                outcomes.names().toString());
    }

    @Pins("text.single-store")
    @Test
    void aStoreThatDoesNotExistIsRefused() {
        assertEquals(
                "thread0: store: no x86 store writes 10 bytes at once, as this one to site0+0 should, but 8 at most;"
                        + " use textPoke for a memcpy, or several stores in an order",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> coherent("48b8112233445566aa01->48b8998877665544bb02", StoreSplit.LINE, true))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> coherent("nop5->jmp32@62", StoreSplit.LINE, true));
    }
}
