// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Kprobes: a breakpoint that stays. The versions of a site are {@code old->probe->old}: version 1 registers a probe, version 2 unregisters
 * and frees it; "the patch call returns" means that the probe is hit from now on, or no more. The handler single-steps what the probe
 * displaces, which is modelled as emulating it.
 *
 * <p>{@code reread} is the net that {@code kprobe_int3_handler} had until 8e791f7eba4c (2023): if no probe is found and the byte at the address is
 * INT3 no longer, go back and execute it again. A probe is found in the table for as long as its INT3 stands in memory, so that the second half
 * of the condition is always true here and need not be written.
 */
final class Kprobe {
    /** The parts that one kernel has and another has not. */
    private enum Part {
        ARM_SYNC,
        DISARM_SYNC,
        RCU_FIRST,
        REREAD
    }

    private static final String SOURCE =
            "Linux 5.5, arch/x86/kernel/kprobes/core.c, arch_arm_kprobe, arch_disarm_kprobe and"
                    + " kprobe_int3_handler; kernel/kprobes.c, unregister_kprobes";
    private static final String SITES = "nop5->probe->nop5";
    private static final String BEFORE = "Linux before 5c02ece81848 (2019; in tip 5b8ad1c9bc44)";

    private final ProtocolBuilder b;
    private final Set<Part> parts;
    private final Shared table;
    private final List<ProtocolBuilder.Obj> probes = new ArrayList<>();
    private final List<Shared> insns = new ArrayList<>();

    private Kprobe(ProtocolBuilder b, Set<Part> parts) {
        this.b = b;
        this.parts = parts;
        table = b.array("kprobe_table", b.sites().size(), 0, 0, 1);
        for (Site site : b.sites()) {
            ProtocolBuilder.Obj probe = b.allocated("kprobe." + site.name());
            probes.add(probe);
            insns.add(probe.field("ainsn", 0, 0, b.setting().versions() - 1));
        }
    }

    static List<CatalogEntry> entries() {
        return List.of(
                entry(
                        "",
                        SOURCE,
                        "INT3 in and out by a one-byte store, each followed by a synchronisation of all CPUs",
                        EnumSet.of(Part.ARM_SYNC, Part.DISARM_SYNC)),
                entry(
                        "no-sync",
                        BEFORE + ", without its check for an INT3 that is gone",
                        "as kprobe, with no synchronisation behind the stores: an RCU grace period is to do instead",
                        EnumSet.noneOf(Part.class)),
                entry(
                        "no-sync-rcu-first",
                        BEFORE + ", with a grace period more",
                        "as kprobe@no-sync, and handlers that are under way are waited for before the probe is taken off the table",
                        EnumSet.of(Part.RCU_FIRST)),
                entry(
                        "no-sync-reread",
                        BEFORE,
                        "as kprobe@no-sync, and a breakpoint that nobody knows is executed again, as its INT3 is gone",
                        EnumSet.of(Part.REREAD)));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Set<Part> parts) {
        return new CatalogEntry("kprobe", variant, source, summary, SITES, b -> new Kprobe(b, parts).record());
    }

    private void record() {
        b.patcher(r -> SharedSteps.bringOneByOne(r, b, (site, v) -> patch(r, site, v)));
        b.breakpoint(this::kprobeInt3Handler);
    }

    private void patch(Recorder r, Site site, int v) {
        if (site.isProbe(v)) {
            r.call(
                    SharedSteps.at("register", site, v),
                    "register_kprobe(" + site.name() + ")",
                    () -> register(r, site, v));
        } else if (site.isProbe(v - 1)) {
            r.call(
                    SharedSteps.at("unregister", site, v),
                    "unregister_kprobe(" + site.name() + ")",
                    () -> unregister(r, site, v));
        } else {
            throw SharedSteps.refusal(
                    site, "a kprobe puts a breakpoint on what is there, and takes it off again", SITES);
        }
    }

    private void register(Recorder r, Site site, int v) {
        r.begin("alloc", probes.get(site.index()));
        r.store("prepare", insns.get(site.index()), Expr.of(v));
        r.storeRelease("hlist_add", table.at(site.index()), Expr.named("p", 1));
        r.call("arm", "arch_arm_kprobe(p)", () -> {
            r.textPoke("int3", site, 0, SharedSteps.INT3);
            sync(r, Part.ARM_SYNC);
        });
    }

    private void unregister(Recorder r, Site site, int v) {
        r.call("disarm", "arch_disarm_kprobe(p)", () -> {
            r.textPoke("opcode", site, 0, SharedSteps.head(site, v));
            sync(r, Part.DISARM_SYNC);
        });
        if (parts.contains(Part.RCU_FIRST)) {
            r.gracePeriod("rcu_first", Quiescence.HANDLERS_DONE);
        }
        r.store("hlist_del", table.at(site.index()), Expr.named("NULL", 0));
        r.gracePeriod("rcu", Quiescence.HANDLERS_DONE);
        r.end("free", probes.get(site.index()));
    }

    private void sync(Recorder r, Part part) {
        if (parts.contains(part)) {
            r.syncEachCpu("text_poke_sync", Sync.IRET);
        }
    }

    private void kprobeInt3Handler(Recorder r) {
        Local p = r.local("p", 0, 1);
        Local insn = r.local("ainsn", 0, b.setting().versions() - 1);
        for (Site site : b.sites()) {
            r.ifThen(Expr.savedAddress().minus(1).eq(b.addressOf(site)), () -> {
                r.load("get_kprobe." + site.name(), p, table.at(site.index()));
                r.ifThen(p.value().eq(1), () -> {
                    r.load("ainsn." + site.name(), insn, insns.get(site.index()));
                    singlestep(r, site, insn);
                    r.leave();
                });
            });
        }
        if (parts.contains(Part.REREAD)) {
            r.note(
                    "the breakpoint was removed right after we hit it: back up over it and run the original instruction");
            r.setSavedAddress(Expr.savedAddress().minus(1));
        } else {
            r.unhandled("no_probe");
        }
    }

    private static void singlestep(Recorder r, Site site, Local insn) {
        for (int v = 1; v < site.versions(); v++) {
            int version = v;
            if (site.isProbe(v)) {
                r.ifThen(
                        insn.value().eq(v),
                        () -> r.emulate(SharedSteps.at("singlestep", site, version), site, version, true));
            }
        }
    }
}
