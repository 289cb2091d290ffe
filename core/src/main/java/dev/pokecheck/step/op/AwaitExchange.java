// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Waiting;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** A spinlock: tries a locked compare-and-exchange until it succeeds. */
final class AwaitExchange extends Step {
    private final Cell cell;
    private final Code free;
    private final Code taken;

    AwaitExchange(DataStmt.AwaitExchange stmt) {
        super(stmt);
        this.cell = Cell.of(stmt.cell());
        this.free = Code.of(stmt.expected());
        this.taken = Code.of(stmt.desired());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained() && h.wouldAcquire(cell, free);
    }

    @Override
    public void run(Host h) {
        if (!h.acquire(cell, h.value(free), h.value(taken))) {
            h.stay();
        }
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.UPDATES).evaluates(free).evaluates(taken).updates(cell);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow()).waitingFor(new Waiting.Lock(cell, free));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
