// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.RmwOp;
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

/** A locked read-modify-write. Waits until this CPU's store buffer is empty. */
final class Update extends Step {
    private final Cell cell;
    private final RmwOp op;
    private final Code operand;
    private final int old;

    Update(DataStmt.Rmw stmt) {
        super(stmt);
        this.cell = Cell.of(stmt.cell());
        this.op = stmt.op();
        this.operand = Code.of(stmt.operand());
        this.old = stmt.old().map(Local::id).orElse(-1);
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
        h.update(cell, op, h.value(operand), old);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.UPDATES).evaluates(operand).updates(cell).assigns(old);
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
        String now = h.memoryText(cell, values);
        return now.isEmpty() ? "" : "was " + now;
    }
}
