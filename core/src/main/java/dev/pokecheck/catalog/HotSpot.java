// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.List;

/**
 * How the HotSpot JVM patches compiled code on x86-64: one store and nothing else. Threads may run old code for as long as they like, which is
 * why a method that is replaced stays valid until a safepoint; so the level to hold is <em>safe</em>. All rests on alignment: of the
 * displacement of a CALL on 4 bytes, of the first five bytes of a method on one cache line.
 */
final class HotSpot {
    /** The displacement is aligned. */
    private static final String CALL_SITES = "call->call@7";

    private HotSpot() {}

    static List<CatalogEntry> entries() {
        String file = "src/hotspot/cpu/x86/nativeInst_x86.cpp, ";
        return List.of(
                new CatalogEntry(
                        "hotspot_call",
                        "",
                        "OpenJDK 17, " + file + "NativeCall::set_destination_mt_safe",
                        "one store of the 4-byte displacement of a CALL",
                        CALL_SITES,
                        b -> record(b, HotSpot::setDestination)),
                new CatalogEntry(
                        "hotspot_entry",
                        "",
                        "OpenJDK 20 to 24 and 17.0.7 on (JDK-8294947), " + file + "NativeJump::patch_verified_entry",
                        "one store of 8 bytes, five of them a JMP, over the first instruction of a method",
                        b -> record(b, HotSpot::patchEntry)));
    }

    /** Brings a version to a site. */
    private interface Patch {
        void record(Recorder r, Site site, int version);
    }

    private static void record(ProtocolBuilder b, Patch patch) {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> b.sites().forEach(site -> patch.record(r, site, v))));
    }

    private static void setDestination(Recorder r, Site site, int v) {
        if (!isCall(site, v - 1) || !isCall(site, v)) {
            throw SharedSteps.refusal(site, "it must be a CALL of 5 bytes, and stay one", CALL_SITES);
        }
        SharedSteps.store(r, SharedSteps.at("displacement", site, v), site, 1, SharedSteps.tail(site, v));
    }

    private static boolean isCall(Site site, int version) {
        return site.instruction(version, 0).kind() == Kind.CALL_REL32 && site.length() == 5;
    }

    private static void patchEntry(Recorder r, Site site, int v) {
        SharedSteps.store(r, SharedSteps.at("entry", site, v), site, 0, site.bytes(v));
    }
}
