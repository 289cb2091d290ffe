// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.List;

/** {@code text_poke_smp}: one CPU writes while stop_machine holds all others; all serialize before they leave. */
final class StopMachinePatching {
    private StopMachinePatching() {}

    static List<CatalogEntry> entries() {
        return List.of(
                new CatalogEntry(
                        "stop_machine",
                        "",
                        "Linux 2.6.34 to 3.11, arch/x86/kernel/alternative.c, text_poke_smp and stop_machine_text_poke",
                        "one CPU writes while all others spin with IRQs off; then every CPU serializes",
                        b -> record(b, Sync.CPUID)),
                new CatalogEntry(
                        "stop_machine",
                        "barrier",
                        "Linux before 0e00f7aed6af (2011): the other CPUs only saw a flag and a memory barrier",
                        "as stop_machine, but the other CPUs execute a memory barrier where they should serialize",
                        b -> record(b, Sync.MFENCE)));
    }

    private static void record(ProtocolBuilder b, Sync others) {
        Shared wrote = b.shared("wrote_text", 0, 0, b.setting().versions() - 1);
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> {
            Routine other = b.routine("stop_machine_text_poke" + v, s -> {
                s.await("wait", wrote.value().eq(v));
                s.serialize("sync_core", others);
            });
            r.stopMachine(
                    "stop_machine" + v,
                    () -> {
                        for (Site site : b.sites()) {
                            r.textPoke(SharedSteps.at("text_poke", site, v), site, 0, site.bytes(v));
                        }
                        r.storeRelease("wrote_text" + v, wrote, Expr.of(v));
                        r.serialize("sync_core" + v, Sync.CPUID);
                    },
                    other);
        }));
    }
}
