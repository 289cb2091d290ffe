// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.text.Site;

/** What the CPU does that patches with {@code text_poke_late}. */
final class LatePrimary {
    private final LateState late;
    private final LateSecondary others;

    LatePrimary(LateState late, LateSecondary others) {
        this.late = late;
        this.others = others;
    }

    /** Brings all sites to a version. */
    void textPokeLate(Recorder r, int v) {
        String n = v == 1 ? "" : Integer.toString(v);
        r.note("the state machine starts afresh");
        r.store("init.state" + n, late.state, late.named(late.firstState));
        r.store("init.sync_ack_map" + n, late.acks, Expr.of(0));
        if (late.departs(Departure.CAPTURE_IN_NMI)) {
            r.store("init.captured" + n, late.captured, Expr.of(0));
        }
        Routine secondary = late.b.routine("patch_worker_secondary" + n, others::textPokeSyncFinish);
        r.stopMachine("stop_machine" + n, () -> patchWorker(r, v, n), secondary);
    }

    private void patchWorker(Recorder r, int v, String n) {
        r.call("patch_worker" + n, "patch_worker(primary)", () -> {
            if (late.adds(LatePart.WRITE)) {
                waitForAcks(r, "start");
            }
            if (late.adds(LatePart.NMI)) {
                r.store("nmi_work", late.nmiWork, Expr.of(v));
                r.sendNmi("send_nmi", Expr.thisCpu());
                r.await("wait_nmi_work", late.nmiWork.value().eq(0));
            } else {
                pokeSites(r, v);
            }
            r.storeRelease("done", late.state, late.named(late.done));
        });
    }

    /** Does so, in whatever context the patches put it. */
    void pokeSites(Recorder r, int v) {
        for (Site site : late.b.sites()) {
            r.call(
                    SharedSteps.at("poke", site, v),
                    "text_poke_site(" + site.name() + ")",
                    () -> textPokeSite(r, site, v));
        }
    }

    private void textPokeSite(Recorder r, Site site, int v) {
        if (late.adds(LatePart.BREAKPOINT)) {
            r.begin("desc", late.desc);
            r.store("desc.site", late.descSite, late.b.addressOf(site));
            r.store("desc.insn", late.descInsn, Expr.of(v));
            r.store("desc.refs", late.descRefs, Expr.of(1));
            r.storeRelease("bp_desc", late.bpDesc, Expr.named("&desc", 1));
        }
        pokeSync(r, site, LateState.SYNC_0, () -> r.textPoke("int3", site, 0, SharedSteps.INT3));
        pokeSync(r, site, LateState.SYNC_1, () -> {
            if (site.length() > 1) {
                r.textPoke("tail", site, 1, SharedSteps.tail(site, v));
            }
        });
        pokeSync(r, site, LateState.SYNC_2, () -> r.textPoke("head", site, 0, SharedSteps.head(site, v)));
        pokeSync(r, site, LateState.SYNC_DONE, () -> {});
        if (late.adds(LatePart.BREAKPOINT)) {
            r.storeRelease("bp_desc.null", late.bpDesc, Expr.named("NULL", 0));
            r.rmw("put_desc", late.descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0", late.descRefs.value().eq(0));
            r.end("desc.end", late.desc);
        }
    }

    private void pokeSync(Recorder r, Site site, int next, Runnable write) {
        Expr value =
                late.named(late.departs(Departure.NUMBERED_STATES) ? next + LateState.STATES * site.index() : next);
        String name = LateState.phase(next);
        r.call(name, "poke_sync(" + name + ")", () -> {
            if (!late.adds(LatePart.WRITE)) {
                r.storeRelease("state", late.state, value);
                return;
            }
            write.run();
            boolean clearFirst = late.departs(Departure.CLEAR_BEFORE_STATE);
            if (clearFirst) {
                r.store("clear", late.acks, Expr.of(0));
            }
            r.storeRelease("state", late.state, value);
            if (!clearFirst) {
                r.note("clear the whole map, for the acknowledgements of this state");
                r.store("clear", late.acks, Expr.of(0));
            }
            late.syncOne(r, "sync");
            waitForAcks(r, "acks");
        });
    }

    private void waitForAcks(Recorder r, String label) {
        r.call(label, "wait_for_acks()", () -> {
            r.rmw("set_bit", late.acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
            r.await("all", late.acks.value().weight().ge(Expr.named("num_acks", late.cpus)));
        });
    }
}
