// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Optimised kprobes: an INT3 that becomes a JMP to a detour, over five bytes that may hold several instructions. The detour executes copies of
 * them all and jumps behind the window; it is the function that the JMP goes to. Versions of a site:
 * {@code 90900f1f00->probe->jmp32->cc900f1f00->90900f1f00}, that is old, armed, optimised, armed again, disarmed.
 *
 * <p>While the flag is set a breakpoint goes to the detour, else it single-steps the instruction that INT3 displaces and goes on inside the window,
 * which is right only while the window holds the old instructions. {@code text_poke_bp}'s own handler, asked first while the JMP is put
 * in, sends breakpoints to the same detour, so it is not told apart here.
 */
final class OptimizedKprobe {
    /** What can be left out, and one order that was wrong. */
    private enum Part {
        ARM_SYNC,
        WAIT_FOR_TASKS,
        FLAG_AFTER_TEXT
    }

    private static final String SOURCE =
            "Linux 5.5, arch/x86/kernel/kprobes/opt.c, arch_optimize_kprobes, arch_unoptimize_kprobe and"
                    + " setup_detour_execution; kernel/kprobes.c, kprobe_optimizer";

    private static final String SITES = "90900f1f00->probe->jmp32->cc900f1f00->90900f1f00";

    private final ProtocolBuilder b;
    private final Set<Part> parts;
    private final Shared optimized;

    private OptimizedKprobe(ProtocolBuilder b, Set<Part> parts) {
        this.b = b;
        this.parts = parts;
        optimized = b.array("kp.flags", b.sites().size(), 0, 0, 1);
    }

    static List<CatalogEntry> entries() {
        return List.of(
                entry(
                        "",
                        SOURCE,
                        "arm, wait until no thread sleeps inside the window, replace INT3 by a JMP; and back",
                        EnumSet.allOf(Part.class)),
                entry(
                        "flag-first",
                        "Linux before f66c0447cca1 (2019)",
                        "as optprobe, but the flag is cleared before the old instructions are back",
                        EnumSet.complementOf(EnumSet.of(Part.FLAG_AFTER_TEXT))),
                entry(
                        "no-wait",
                        SOURCE + "; without synchronize_rcu_tasks",
                        "as optprobe, without waiting for threads inside the window",
                        EnumSet.complementOf(EnumSet.of(Part.WAIT_FOR_TASKS))),
                entry(
                        "no-arm-sync",
                        "Linux before 5c02ece81848 (2019; in tip 5b8ad1c9bc44)",
                        "as optprobe, but nobody makes sure that the INT3 is seen before the wait begins",
                        EnumSet.complementOf(EnumSet.of(Part.ARM_SYNC))));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Set<Part> parts) {
        return new CatalogEntry(
                "optprobe", variant, source, summary, SITES, b -> new OptimizedKprobe(b, parts).record());
    }

    private void record() {
        b.patcher(r -> SharedSteps.bringOneByOne(r, b, (site, v) -> patch(r, site, v)));
        b.breakpoint(this::kprobeInt3Handler);
    }

    private void patch(Recorder r, Site site, int v) {
        boolean fromJump = isJump(site, v - 1);
        if (site.isProbe(v) && !fromJump) {
            r.call(
                    SharedSteps.at("arm", site, v),
                    "arch_arm_kprobe(" + site.name() + ")",
                    () -> store(r, site, v, parts.contains(Part.ARM_SYNC)));
        } else if (isJump(site, v) && site.isProbe(v - 1)) {
            r.call(
                    SharedSteps.at("optimize", site, v),
                    "kprobe_optimizer(" + site.name() + ")",
                    () -> optimize(r, site, v));
        } else if (site.isProbe(v)) {
            r.call(
                    SharedSteps.at("unoptimize", site, v),
                    "arch_unoptimize_kprobe(" + site.name() + ")",
                    () -> unoptimize(r, site, v));
        } else if (site.isProbe(v - 1)) {
            r.call(
                    SharedSteps.at("disarm", site, v),
                    "arch_disarm_kprobe(" + site.name() + ")",
                    () -> store(r, site, v, true));
        } else {
            throw SharedSteps.refusal(
                    site, "an optimised kprobe goes from the old code to INT3, to a JMP, to INT3, and back", SITES);
        }
    }

    private static boolean isJump(Site site, int version) {
        return site.instruction(version, 0).kind() == Kind.JMP_REL32;
    }

    /** INT3 or the old opcode, by a one-byte store. */
    private static void store(Recorder r, Site site, int v, boolean sync) {
        r.textPoke("opcode", site, 0, SharedSteps.head(site, v));
        if (sync) {
            r.syncEachCpu("text_poke_sync", Sync.IRET);
        }
    }

    private void optimize(Recorder r, Site site, int v) {
        r.note("optimize_kprobe(): queued; from now on a breakpoint takes the detour");
        r.store("flag", optimized.at(site.index()), Expr.named("KPROBE_FLAG_OPTIMIZED", 1));
        if (parts.contains(Part.WAIT_FOR_TASKS)) {
            r.note(
                    "Step 2: wait for quiesence period to ensure all potentially preempted tasks to have normally scheduled");
            r.gracePeriod("rcu_tasks", Quiescence.SITES_LEFT);
        }
        r.call("bp", "text_poke_bp(jmp)", () -> {
            r.textPoke("int3", site, 0, SharedSteps.INT3);
            r.syncEachCpu("sync1", Sync.IRET);
            r.textPoke("tail", site, 1, SharedSteps.tail(site, v));
            r.syncEachCpu("sync2", Sync.IRET);
            r.textPoke("head", site, 0, SharedSteps.head(site, v));
            r.syncEachCpu("sync3", Sync.IRET);
        });
    }

    private void unoptimize(Recorder r, Site site, int v) {
        boolean after = parts.contains(Part.FLAG_AFTER_TEXT);
        if (!after) {
            r.store("flag", optimized.at(site.index()), Expr.of(0));
        }
        r.textPoke("int3", site, 0, SharedSteps.INT3);
        r.syncEachCpu("sync1", Sync.IRET);
        r.textPoke("tail", site, 1, SharedSteps.tail(site, v));
        r.syncEachCpu("sync2", Sync.IRET);
        if (after) {
            r.store("flag", optimized.at(site.index()), Expr.of(0));
        }
        r.note("mutex_unlock() is a locked operation, so that the flag is out before the call returns");
        r.fence("mutex_unlock");
    }

    private void kprobeInt3Handler(Recorder r) {
        Local flag = r.local("flag", 0, 1);
        for (Site site : b.sites()) {
            r.ifThen(Expr.savedAddress().minus(1).eq(b.addressOf(site)), () -> {
                r.load("flags." + site.name(), flag, optimized.at(site.index()));
                r.ifElse(flag.value().eq(1), () -> emulate(r, site, true), () -> emulate(r, site, false));
                r.leave();
            });
        }
        r.unhandled("no_probe");
    }

    private static void emulate(Recorder r, Site site, boolean detour) {
        for (int v = 1; v < site.versions(); v++) {
            if (detour ? isJump(site, v) : site.isProbe(v)) {
                r.emulate((detour ? "detour." : "singlestep.") + site.name(), site, v, true);
                return;
            }
        }
    }
}
