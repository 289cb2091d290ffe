// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Recorder;

/** What the other CPUs do while {@code text_poke_late} patches: synchronise at each state, and acknowledge it. */
final class LateSecondary {
    private final LateState late;

    LateSecondary(LateState late) {
        this.late = late;
    }

    /** What a secondary does from the beginning to the end. */
    void textPokeSyncFinish(Recorder r) {
        r.call("sync_finish", "text_poke_sync_finish()", () -> {
            Local seen = r.local("cur", Math.min(late.firstState, LateState.SYNC_0), late.done);
            r.forever(() -> {
                r.load("read_state", seen, late.state);
                r.ifThen(seen.value().eq(late.named(late.done)), r::leave);
                Expr first = late.isPhase(seen, LateState.SYNC_0);
                Expr inSite = late.adds(LatePart.NMI) ? first.or(Expr.inNmi()) : first;
                r.ifElse(
                        late.isPhase(seen, LateState.SYNC_DONE),
                        () -> {
                            late.acknowledge(r, "ack_done");
                            r.await("while_sync_done", late.state.value().ne(seen.value()));
                        },
                        () -> {
                            r.bugOn(inSite.not(), "SYNC_1 or SYNC_2 outside text_poke_sync_site");
                            textPokeSyncSite(r);
                        });
            });
        });
    }

    /** What a secondary does while one site is patched. */
    void textPokeSyncSite(Recorder r) {
        r.call("sync_site", "text_poke_sync_site()", () -> {
            Local prev = r.local("prev", -1, late.done);
            r.assign(prev, Expr.of(-1));
            r.forever(() -> {
                r.await("wait_state", late.state.value().ne(prev.value()));
                r.load("read_state", prev, late.state);
                r.ifThen(prev.value().eq(late.named(late.done)).or(late.isPhase(prev, LateState.SYNC_DONE)), r::leave);
                syncAndAcknowledge(r);
            });
        });
    }

    private void syncAndAcknowledge(Recorder r) {
        if (late.adds(LatePart.BREAKPOINT)) {
            r.ifThen("test_bit", late.acks.value().and(Expr.thisCpu().bit()).eq(0), () -> {
                late.syncOne(r, "sync");
                late.acknowledge(r, "set_bit");
            });
        } else {
            if (late.adds(LatePart.WRITE)) {
                r.bugOn("bug_bit", late.acks.value().and(Expr.thisCpu().bit()).ne(0), "own bit is already set");
            }
            late.syncOne(r, "sync");
            late.acknowledge(r, "set_bit");
        }
    }
}
