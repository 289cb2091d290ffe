// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.List;

/**
 * {@code text_poke_early}: memcpy with interrupts off, for a time when there is one CPU. Nothing in it keeps NMIs or a second CPU away; callers
 * promise that there is none ({@code stop_nmi} around {@code apply_alternatives}, before SMP; or a module that nobody runs yet).
 */
final class TextPokeEarly {
    private TextPokeEarly() {}

    static List<CatalogEntry> entries() {
        String source = "arch/x86/kernel/alternative.c, text_poke_early";
        return List.of(
                new CatalogEntry(
                        "text_poke_early",
                        "",
                        "Linux 6.7, " + source,
                        "one CPU: interrupts off, memcpy, sync_core, interrupts on",
                        b -> record(b, true)),
                new CatalogEntry(
                        "text_poke_early",
                        "sync-late",
                        "Linux before 3ea1704a9296 (2023), " + source,
                        "as text_poke_early, but interrupts are on again before sync_core",
                        b -> record(b, false)));
    }

    private static void record(ProtocolBuilder b, boolean syncFirst) {
        b.patcher(r -> SharedSteps.bringOneByOne(r, b, (site, v) -> patch(r, site, v, syncFirst)));
    }

    private static void patch(Recorder r, Site site, int v, boolean syncFirst) {
        r.call(SharedSteps.at("early", site, v), "text_poke_early(" + site.name() + ")", () -> {
            r.irqDisable("irq_save");
            r.textPoke("memcpy", site, 0, site.bytes(v));
            if (syncFirst) {
                r.serialize("sync_core", Sync.IRET);
            }
            r.irqEnable("irq_restore");
            if (!syncFirst) {
                r.serialize("sync_core", Sync.IRET);
            }
        });
    }
}
