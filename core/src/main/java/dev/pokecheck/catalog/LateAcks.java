// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;

/**
 * How CPUs that run {@code text_poke_late} acknowledge a state: each by its bit in a map, which says nothing of the state that it was set for;
 * or each by the number of the state.
 */
final class LateAcks {
    private final boolean numbered;
    private final int cpus;
    private final LateNumbers numbers;
    private final Shared acks;

    /** @param numbered whether by number */
    LateAcks(ProtocolBuilder b, LateNumbers numbers, boolean numbered) {
        this.numbered = numbered;
        this.numbers = numbers;
        cpus = b.setting().cpus();
        acks = numbered
                ? b.array("sync_acks", cpus, 0, 0, numbers.max())
                : b.shared("sync_ack_map", 0, 0, (1 << cpus) - 1);
    }

    /** Whether there is a map, which can be cleared. */
    boolean isMap() {
        return !numbered;
    }

    /** Takes all acknowledgements back. */
    void clear(Recorder r, String label) {
        r.store(label, acks, Expr.of(0));
    }

    /** Says that this CPU has come as far as a state. */
    void acknowledge(Recorder r, String label, Expr state) {
        if (numbered) {
            r.storeRelease(label, acks.at(Expr.thisCpu()), state);
        } else {
            r.rmw(label, acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
        }
    }

    /** Whether this CPU has not acknowledged a state yet. */
    Expr isMissing(Local state) {
        return numbered
                ? acks.at(Expr.thisCpu()).value().ne(state.value())
                : acks.value().and(Expr.thisCpu().bit()).eq(0);
    }

    /** Whether it has. */
    Expr isThere(Local state) {
        return numbered
                ? acks.at(Expr.thisCpu()).value().eq(state.value())
                : acks.value().and(Expr.thisCpu().bit()).ne(0);
    }

    /** Waits until all CPUs have acknowledged a state. */
    void waitForAll(Recorder r, int state) {
        if (!numbered) {
            r.await("all", acks.value().weight().ge(Expr.named("num_acks", cpus)));
            return;
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            r.await("ack" + cpu, acks.at(cpu).value().eq(numbers.named(state)));
        }
    }
}
