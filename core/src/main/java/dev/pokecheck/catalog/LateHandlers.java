// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.text.Site;

/** The breakpoint and NMI handlers of {@code text_poke_late}. */
final class LateHandlers {
    private final LateState late;
    private final LatePrimary primary;
    private final LateSecondary others;

    LateHandlers(LateState late, LatePrimary primary, LateSecondary others) {
        this.late = late;
        this.primary = primary;
        this.others = others;
    }

    /** {@code poke_int3_handler}: whoever is not the primary does as a secondary does at this site. */
    void pokeInt3Handler(Recorder r) {
        Local pointer = r.local("desc", 0, 1);
        Local refs = r.local("refs", 0, 1 + 4 * late.cpus);
        Local address = r.local("addr", 0, late.b.maxAddress());
        Local cpu = r.local("cpu", 0, late.cpus - 1);
        r.load("read_bp_desc", pointer, late.bpDesc);
        r.ifThen(pointer.value().eq(0), () -> r.unhandled("no_desc"));
        r.rmw("try_get_desc", late.descRefs.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), refs);
        r.ifThen(refs.value().eq(0), () -> r.unhandled("no_refs"));
        r.load("desc.site", address, late.descSite);
        r.ifThen(Expr.savedAddress().minus(1).ne(address.value()), () -> {
            r.rmw("put_desc.not_ours", late.descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.unhandled("not_ours");
        });
        r.load("read_primary", cpu, late.primary);
        r.ifElse(cpu.value().ne(Expr.thisCpu()), () -> others.textPokeSyncSite(r), () -> finishAlone(r, address));
        r.setSavedAddress(Expr.savedAddress().minus(1));
        r.rmw("put_desc", late.descRefs.cell(), RmwOp.ADD, Expr.of(-1));
    }

    /** The primary writes the rest of the new instruction itself and synchronises only itself. */
    private void finishAlone(Recorder r, Local address) {
        Local insn = r.local("insn", 0, late.b.setting().versions() - 1);
        r.load("desc.insn", insn, late.descInsn);
        for (Site site : late.b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                int version = v;
                r.ifThen(
                        address.value()
                                .eq(late.b.addressOf(site))
                                .and(insn.value().eq(v)),
                        () -> {
                            if (site.length() > 1) {
                                r.textPoke(
                                        SharedSteps.at("tail", site, version),
                                        site,
                                        1,
                                        SharedSteps.tail(site, version));
                            }
                            r.textPoke(SharedSteps.at("head", site, version), site, 0, SharedSteps.head(site, version));
                            late.syncOne(r, SharedSteps.at("sync", site, version));
                        });
            }
        }
    }

    /** The NMI handler, in which all of it runs. */
    void patchNmiHandler(Recorder r) {
        r.call("patch_nmi", "patch_nmi_handler()", () -> {
            Local work = r.local("nmi_work", 0, late.b.setting().versions() - 1);
            Local cpu = r.local("cpu", 0, late.cpus - 1);
            r.load("read_nmi_work", work, late.nmiWork);
            r.ifThen(work.value().eq(0), r::leave);
            if (late.departs(Departure.CAPTURE_IN_NMI)) {
                r.rmw("captured", late.captured.cell(), RmwOp.OR, Expr.thisCpu().bit());
            }
            r.load("read_primary", cpu, late.primary);
            r.ifElse(cpu.value().eq(Expr.thisCpu()), () -> patchInNmi(r, work), () -> others.textPokeSyncFinish(r));
        });
    }

    private void patchInNmi(Recorder r, Local work) {
        if (late.departs(Departure.CAPTURE_IN_NMI)) {
            r.note("from here, not from the thread: an NMI that comes before the one to self runs this, too");
            for (int cpu = 1; cpu < late.cpus; cpu++) {
                r.sendNmi("send_nmi" + cpu, Expr.of(cpu));
            }
            r.await("all_captured", late.captured.value().weight().ge(Expr.named("num_acks", late.cpus)));
        }
        for (int v = 1; v < late.b.setting().versions(); v++) {
            int version = v;
            r.ifThen(work.value().eq(v), () -> primary.pokeSites(r, version));
        }
        r.store("nmi_work_done", late.nmiWork, Expr.of(0));
    }
}
