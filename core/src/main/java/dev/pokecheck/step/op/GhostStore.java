// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Shared;
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

/** Stores to a ghost variable. */
final class GhostStore extends Step {
    private final Cell ghost;
    private final Code value;

    GhostStore(DataStmt.GhostStore stmt) {
        super(stmt);
        ghost = Cell.of(new Shared(stmt.ghost()).cell());
        value = Code.of(stmt.value());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.storeGhost(ghost, h.value(value));
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).stores(ghost, value).ofGhosts();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.GHOSTS);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
