// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;

/**
 * XRay's sleds: a jump over nine bytes of NOP. The nine bytes, which nobody executes, are written first; then a two-byte store turns the jump
 * into the first bytes of {@code mov $id,%r10d; call trampoline}. Unpatching stores only the jump again, and leaves the rest behind it. No CPU is
 * ever made to serialize, so the level to hold is <em>safe</em>.
 */
final class XRay {
    private static final int ID = 2;
    private static final int CALL = 6;
    private static final int DISPLACEMENT = 7;
    private static final int LENGTH = 11;
    /** Patched, unpatched, patched again. */
    private static final String SITES =
            "eb09660f1f840000020000->41ba01000000e800112233->eb0901000000e800112233->41ba01000000e800112233";

    private static final byte[] JUMP = {(byte) 0xeb, 0x09};
    private static final byte[] MOV = {0x41, (byte) 0xba};

    /** In what order a sled is written. */
    private enum Order {
        TAIL_FIRST,
        TAIL_SYNC_HEAD,
        HEAD_FIRST
    }

    private XRay() {}

    static List<CatalogEntry> entries() {
        String source = "LLVM, compiler-rt/lib/xray/xray_x86_64.cpp, patchFunctionEntry";
        return List.of(
                entry(
                        "",
                        source,
                        "the bytes behind the jump first, then the jump by one 2-byte store",
                        Order.TAIL_FIRST),
                entry(
                        "sync",
                        source + "; with a synchronisation",
                        "as xray, and every CPU serializes in between",
                        Order.TAIL_SYNC_HEAD),
                entry(
                        "head-first",
                        source + "; in the wrong order",
                        "as xray, but the jump is replaced first",
                        Order.HEAD_FIRST));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Order order) {
        return new CatalogEntry("xray", variant, source, summary, SITES, b -> record(b, order));
    }

    private static void record(ProtocolBuilder b, Order order) {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> b.sites().forEach(site -> patch(r, site, v, order))));
    }

    private static void patch(Recorder r, Site site, int v, Order order) {
        byte[] bytes = site.bytes(v);
        boolean jump = startsWith(bytes, JUMP);
        if (bytes.length != LENGTH || !(jump || startsWith(bytes, MOV)) || (site.address() & 1) != 0) {
            throw SharedSteps.refusal(
                    site, "a sled is 11 bytes at an even address, jmp +9 or mov $id,%r10d; call", SITES);
        }
        if (jump) {
            r.call(
                    SharedSteps.at("unpatch_sled", site, v),
                    "patchFunctionEntry(Enable: false)",
                    () -> r.textStore("jmp", site, 0, JUMP));
        } else {
            r.call(
                    SharedSteps.at("patch_sled", site, v),
                    "patchFunctionEntry(Enable: true)",
                    () -> enable(r, site, bytes, order));
        }
    }

    private static void enable(Recorder r, Site site, byte[] bytes, Order order) {
        if (order == Order.HEAD_FIRST) {
            r.textStore("mov", site, 0, MOV);
        }
        r.textPoke("id", site, ID, Arrays.copyOfRange(bytes, ID, CALL));
        r.textPoke("call", site, CALL, bytes[CALL]);
        r.textPoke("displacement", site, DISPLACEMENT, Arrays.copyOfRange(bytes, DISPLACEMENT, LENGTH));
        if (order == Order.TAIL_SYNC_HEAD) {
            r.syncEachCpu("sync", Sync.IRET);
        }
        if (order != Order.HEAD_FIRST) {
            r.textStore("mov", site, 0, MOV);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] head) {
        return Arrays.equals(Arrays.copyOf(bytes, head.length), head);
    }
}
