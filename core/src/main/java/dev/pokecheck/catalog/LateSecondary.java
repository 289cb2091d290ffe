// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Recorder;

/** What the other CPUs do while {@code text_poke_late} patches: synchronise at each state, and acknowledge it. */
final class LateSecondary {
    private final LateState late;
    private final LateNumbers numbers;

    LateSecondary(LateState late) {
        this.late = late;
        this.numbers = late.numbers;
    }

    /** What a secondary does from the beginning to the end. */
    void textPokeSyncFinish(Recorder r) {
        r.call("sync_finish", "text_poke_sync_finish()", () -> {
            if (!late.adds(LatePart.WRITE)) {
                r.note("nothing is poked yet, so no other state is looked at");
                r.await("while_not_done", late.state.value().eq(numbers.named(numbers.done(1))));
                return;
            }
            Local seen = r.local("cur", late.leastState(), numbers.max());
            r.forever(() -> {
                r.load("read_state", seen, late.state);
                r.ifThen(numbers.isDone(seen), r::leave);
                Expr first = numbers.is(seen, LateNumbers.SYNC_0);
                Expr inSite = late.adds(LatePart.NMI) ? first.or(Expr.inNmi()) : first;
                r.ifElse(
                        isRest(seen),
                        () -> {
                            late.acks.acknowledge(r, "ack_done", seen.value());
                            r.await("while_sync_done", late.state.value().ne(seen.value()));
                        },
                        () -> {
                            r.bugOn(inSite.not(), "SYNC_1 or SYNC_2 outside text_poke_sync_site");
                            textPokeSyncSite(r);
                        });
            });
        });
    }

    /** Whether in a state that was read nothing is written. */
    private Expr isRest(Local seen) {
        Expr done = numbers.is(seen, LateNumbers.SYNC_DONE);
        return late.has(LateChange.RENDEZVOUS) ? done.or(numbers.is(seen, LateNumbers.SYNC_NMI)) : done;
    }

    /** What a secondary does while one site is patched. */
    void textPokeSyncSite(Recorder r) {
        r.call("sync_site", "text_poke_sync_site()", () -> {
            Local prev = r.local("prev", -1, numbers.max());
            r.assign(prev, Expr.of(-1));
            r.forever(() -> {
                r.await("wait_state", late.state.value().ne(prev.value()));
                r.load("read_state", prev, late.state);
                r.ifThen(numbers.isDone(prev).or(numbers.is(prev, LateNumbers.SYNC_DONE)), r::leave);
                syncAndAcknowledge(r, prev);
            });
        });
    }

    private void syncAndAcknowledge(Recorder r, Local state) {
        if (late.adds(LatePart.BREAKPOINT)) {
            r.ifThen("test_bit", late.acks.isMissing(state), () -> {
                late.syncOne(r, "sync");
                late.acks.acknowledge(r, "set_bit", state.value());
            });
        } else {
            r.bugOn("bug_bit", late.acks.isThere(state), "own bit is already set");
            late.syncOne(r, "sync");
            late.acks.acknowledge(r, "set_bit", state.value());
        }
    }
}
