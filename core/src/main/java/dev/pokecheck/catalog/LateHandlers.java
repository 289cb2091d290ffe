// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Insn;
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
        if (late.has(LateChange.OUT_OF_LINE)) {
            r.ifElse(
                    cpu.value().ne(Expr.thisCpu()),
                    () -> {
                        others.textPokeSyncSite(r);
                        executeAgain(r);
                    },
                    () -> executeOutOfLine(r, address));
        } else {
            r.ifElse(cpu.value().ne(Expr.thisCpu()), () -> others.textPokeSyncSite(r), () -> finishAlone(r, address));
            executeAgain(r);
        }
        r.rmw("put_desc", late.descRefs.cell(), RmwOp.ADD, Expr.of(-1));
    }

    private static void executeAgain(Recorder r) {
        r.setSavedAddress(Expr.savedAddress().minus(1));
    }

    /** The primary writes the rest of the new instruction itself and synchronises only itself. */
    private void finishAlone(Recorder r, Local address) {
        forItsVersion(r, address, (site, version) -> {
            if (site.length() > 1) {
                r.textPoke(SharedSteps.at("tail", site, version), site, 1, SharedSteps.tail(site, version));
            }
            r.textPoke(SharedSteps.at("head", site, version), site, 0, SharedSteps.head(site, version));
            late.syncOne(r, SharedSteps.at("sync", site, version));
        });
    }

    /** The primary leaves the text alone: it does what the new instruction does, and goes on after it. */
    private void executeOutOfLine(Recorder r, Local address) {
        for (Site site : late.b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                refuseUnlessKnown(site, v);
            }
        }
        forItsVersion(
                r,
                address,
                (site, version) -> r.emulate(SharedSteps.at("out_of_line", site, version), site, version, true));
    }

    private static void refuseUnlessKnown(Site site, int version) {
        Insn insn = site.instruction(version, 0);
        boolean known = switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT, JMP_REL32, JMP_REL8, JMP_INDIRECT, JCC_REL32, JCC_REL8, RET, NOP, ENDBR64 ->
                true;
            case INT3, UD2, INLINE, OTHER -> false;
        };
        if (!known || insn.length() != site.length()) {
            throw new IllegalArgumentException(LateChange.OUT_OF_LINE.text() + ": version " + version + " of "
                    + site.name() + " is not one NOP, call, jump or return of the site's length, and what else it does"
                    + " is not modelled out of line; leave the change out, or take another site");
        }
    }

    /** What is to be done at the breakpoint of a site that is brought to a version. */
    @FunctionalInterface
    private interface OfVersion {
        void record(Site site, int version);
    }

    private void forItsVersion(Recorder r, Local address, OfVersion body) {
        Local insn = r.local("insn", 0, late.b.setting().versions() - 1);
        r.load("desc.insn", insn, late.descInsn);
        for (Site site : late.b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                int version = v;
                r.ifThen(
                        address.value()
                                .eq(late.b.addressOf(site))
                                .and(insn.value().eq(v)),
                        () -> body.record(site, version));
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
            if (late.has(LateChange.CAPTURE_IN_NMI)) {
                r.rmw("captured", late.captured.cell(), RmwOp.OR, Expr.thisCpu().bit());
            }
            r.load("read_primary", cpu, late.primary);
            r.ifElse(cpu.value().eq(Expr.thisCpu()), () -> patchInNmi(r, work), () -> others.textPokeSyncFinish(r));
        });
    }

    private void patchInNmi(Recorder r, Local work) {
        if (late.has(LateChange.RENDEZVOUS)) {
            Local gathered = r.local("gathered", 0, 1);
            r.load("read_gathered", gathered, late.gathered);
            r.note("not all have acknowledged yet: one for the other handlers");
            r.ifThen(gathered.value().eq(0), r::leave);
        }
        if (late.has(LateChange.CAPTURE_IN_NMI)) {
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
