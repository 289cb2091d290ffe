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
        r.store("init.state" + n, late.state, late.numbers.named(late.numbers.start(v)));
        if (late.has(LateChange.RESET_MAP) && late.acks.isMap()) {
            late.acks.clear(r, "init.sync_ack_map" + n);
        }
        if (late.has(LateChange.CAPTURE_IN_NMI)) {
            r.store("init.captured" + n, late.captured, Expr.of(0));
        }
        if (late.has(LateChange.RENDEZVOUS)) {
            r.store("init.gathered" + n, late.gathered, Expr.of(0));
        }
        Routine secondary = late.b.routine("patch_worker_secondary" + n, others::textPokeSyncFinish);
        r.stopMachine("stop_machine" + n, () -> patchWorker(r, v, n), secondary);
    }

    private void patchWorker(Recorder r, int v, String n) {
        r.call("patch_worker" + n, "patch_worker(primary)", () -> {
            if (late.adds(LatePart.WRITE)) {
                waitForAcks(r, "start", late.numbers.start(v));
            }
            if (late.adds(LatePart.NMI)) {
                patchWorkerNmi(r, v);
            } else {
                pokeSites(r, v);
            }
            r.storeRelease("done", late.state, late.numbers.named(late.numbers.done(v)));
        });
    }

    private void patchWorkerNmi(Recorder r, int v) {
        r.store("nmi_work", late.nmiWork, Expr.of(v));
        if (late.has(LateChange.RENDEZVOUS)) {
            r.note("who acknowledges this is in no NMI handler but patch_nmi");
            pokeSync(r, LateNumbers.SYNC_NMI, late.numbers.nmi(v), () -> {});
            r.store("gathered", late.gathered, Expr.of(1));
        }
        r.sendNmi("send_nmi", Expr.thisCpu());
        r.await("wait_nmi_work", late.nmiWork.value().eq(0));
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
        pokeSite(r, site, v, LateNumbers.SYNC_0, () -> r.textPoke("int3", site, 0, SharedSteps.INT3));
        pokeSite(r, site, v, LateNumbers.SYNC_1, () -> {
            if (site.length() > 1) {
                r.textPoke("tail", site, 1, SharedSteps.tail(site, v));
            }
        });
        pokeSite(r, site, v, LateNumbers.SYNC_2, () -> r.textPoke("head", site, 0, SharedSteps.head(site, v)));
        pokeSite(r, site, v, LateNumbers.SYNC_DONE, () -> {});
        if (late.adds(LatePart.BREAKPOINT)) {
            r.storeRelease("bp_desc.null", late.bpDesc, Expr.named("NULL", 0));
            r.rmw("put_desc", late.descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0", late.descRefs.value().eq(0));
            r.end("desc.end", late.desc);
        }
    }

    private void pokeSite(Recorder r, Site site, int v, int kind, Runnable write) {
        pokeSync(r, kind, late.numbers.of(v, site.index(), kind), write);
    }

    private void pokeSync(Recorder r, int kind, int next, Runnable write) {
        String name = LateNumbers.name(kind);
        Expr value = late.numbers.named(next);
        r.call(name, "poke_sync(" + name + ")", () -> {
            if (!late.adds(LatePart.WRITE)) {
                r.storeRelease("state", late.state, value);
                return;
            }
            write.run();
            boolean clearFirst = late.has(LateChange.CLEAR_FIRST);
            if (late.acks.isMap() && clearFirst) {
                late.acks.clear(r, "clear");
            }
            r.storeRelease("state", late.state, value);
            if (late.acks.isMap() && !clearFirst) {
                r.note("clear the whole map, for the acknowledgements of this state");
                late.acks.clear(r, "clear");
            }
            late.syncOne(r, "sync");
            waitForAcks(r, "acks", next);
        });
    }

    private void waitForAcks(Recorder r, String label, int state) {
        r.call(label, "wait_for_acks()", () -> {
            late.acks.acknowledge(r, "set_bit", late.numbers.named(state));
            late.acks.waitForAll(r, state);
        });
    }
}
