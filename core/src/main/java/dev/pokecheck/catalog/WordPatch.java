// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;

/**
 * WordPatch, which toggles probes with no quiescence at all: a site inside one cache line is patched by one store. One that straddles a line gets a
 * breakpoint as first byte, then a wait, then its part in the next line, then its part in this line by one store. Who hits the breakpoint tries again.
 *
 * <p>The wait of the paper is a time, measured to be long enough for every CPU to have dropped what it had fetched. Here it is what it is meant to
 * achieve: every CPU serializes. Under {@code split=line} and {@code chunk=64} its premise holds: one line is stored and fetched whole.
 */
final class WordPatch {
    private static final int LINE = 64;

    /** How often a straddling site waits. */
    private enum Waits {
        NONE,
        ONE,
        TWO
    }

    private WordPatch() {}

    static List<CatalogEntry> entries() {
        String source =
                "Chamith, Svensson, Dalessandro, Newton: Living on the Edge, PLDI 2016 (10.1145/2908080.2908084), WordPatch";
        return List.of(
                entry(
                        "",
                        source,
                        "one store inside a cache line; a straddling site: INT3, wait, second part, first part",
                        Waits.ONE),
                entry(
                        "no-wait",
                        source + "; without the wait",
                        "as wordpatch, without the wait behind INT3",
                        Waits.NONE),
                entry(
                        "two-waits",
                        source + "; with a second wait",
                        "as wordpatch, with a wait behind the second part, too",
                        Waits.TWO));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Waits waits) {
        return new CatalogEntry("wordpatch", variant, source, summary, b -> record(b, waits));
    }

    private static void record(ProtocolBuilder b, Waits waits) {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> b.sites().forEach(site -> patch(r, site, v, waits))));
        if (b.sites().stream().anyMatch(site -> inFirstLine(site) < site.length())) {
            b.breakpoint(r -> {
                r.note("back to the breakpoint, until it is gone");
                r.setSavedAddress(Expr.savedAddress().minus(1));
            });
        }
    }

    private static void patch(Recorder r, Site site, int v, Waits waits) {
        byte[] bytes = site.bytes(v);
        int first = inFirstLine(site);
        if (first >= site.length()) {
            SharedSteps.store(r, SharedSteps.at("word", site, v), site, 0, bytes);
            return;
        }
        r.call(SharedSteps.at("straddler", site, v), "patch_straddler(" + site.name() + ")", () -> {
            r.textPoke("int3", site, 0, SharedSteps.INT3);
            if (waits != Waits.NONE) {
                r.syncEachCpu("wait", Sync.IRET);
            }
            SharedSteps.store(r, "second", site, first, Arrays.copyOfRange(bytes, first, bytes.length));
            if (waits == Waits.TWO) {
                r.syncEachCpu("wait_again", Sync.IRET);
            }
            SharedSteps.store(r, "first", site, 0, Arrays.copyOf(bytes, first));
        });
    }

    /** How many bytes from a site's first on lie in one cache line. */
    private static int inFirstLine(Site site) {
        return LINE - (int) Math.floorMod(site.address(), (long) LINE);
    }
}
