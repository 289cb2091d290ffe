// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.function.Consumer;

/**
 * A JIT compiler that patches its code by a store inside one word and calls {@code membarrier(SYNC_CORE)}. The store does not tear under the
 * fetch that AMD promises ({@code chunk=8}, {@code split=word}); what is at stake is whether anybody runs old code after the call.
 */
final class Membarrier {
    private Membarrier() {}

    static List<CatalogEntry> entries() {
        String source = "kernel/sched/membarrier.c, membarrier_private_expedited";
        return List.of(
                entry(
                        "",
                        "Linux 5.11, " + source + " and ipi_sync_core",
                        "store inside a word; the IPI handler executes sync_core, the return goes to a task that leaves by SYSRET",
                        r -> r.ipiThenSysret("ipi_sync_core", Sync.IRET)),
                entry(
                        "ipi_mb",
                        "Linux before 758c9373d841 (2020), " + source + " and ipi_mb",
                        "as membarrier, but the IPI handler is only a memory barrier",
                        r -> r.ipiThenSysret("ipi_mb", Sync.MFENCE)),
                entry(
                        "ipi_mb-iret",
                        "Linux before 758c9373d841 (2020), " + source + " and ipi_mb; no task switch",
                        "as membarrier@ipi_mb, and the IPI returns to where it came from, by IRET",
                        r -> r.syncEachCpu("ipi_mb", Sync.MFENCE)));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Consumer<Recorder> ipi) {
        return new CatalogEntry("membarrier", variant, source, summary, b -> record(b, ipi));
    }

    private static void record(ProtocolBuilder b, Consumer<Recorder> ipi) {
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                int version = v;
                SharedSteps.begin(r, b.sites(), v);
                for (Site site : b.sites()) {
                    r.textPoke(SharedSteps.at("store", site, v), site, 0, site.bytes(v));
                }
                r.call("membarrier" + v, "membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE)", () -> ipi.accept(r));
                SharedSteps.end(r, b.sites(), version);
            }
        });
    }
}
