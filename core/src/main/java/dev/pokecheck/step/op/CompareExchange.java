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
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** A locked compare-and-exchange. Waits until this CPU's store buffer is empty. */
final class CompareExchange extends Step {
    private static final int NONE = -1;

    private final Cell cell;
    private final Code expected;
    private final Code desired;
    /** The local variable for whether it wrote, or -1. */
    private final int success;
    /** The local variable for what was there, or -1. */
    private final int old;

    CompareExchange(DataStmt.CompareExchange stmt) {
        super(stmt);
        this.cell = Cell.of(stmt.cell());
        this.expected = Code.of(stmt.expected());
        this.desired = Code.of(stmt.desired());
        this.success = stmt.success().id();
        this.old = NONE;
    }

    CompareExchange(DataStmt.CompareSwap stmt) {
        super(stmt);
        this.cell = Cell.of(stmt.cell());
        this.expected = Code.of(stmt.expected());
        this.desired = Code.of(stmt.desired());
        this.success = NONE;
        this.old = stmt.old().id();
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained();
    }

    @Override
    public void run(Host h) {
        h.exchange(cell, h.value(expected), h.value(desired), success, old);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.UPDATES)
                .evaluates(expected)
                .evaluates(desired)
                .updates(cell)
                .assigns(Math.max(success, old));
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return h.memoryHolds(cell, h.value(expected)) ? "succeeds" : "fails";
    }
}
