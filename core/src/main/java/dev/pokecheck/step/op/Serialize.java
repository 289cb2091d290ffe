// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.CpuStmt;
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

/** Executes an instruction that synchronises this CPU, or is believed to. */
final class Serialize extends Step {
    private final Sync sync;

    Serialize(CpuStmt.Serialize stmt) {
        super(stmt);
        this.sync = stmt.sync();
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.mayExecute(sync);
    }

    @Override
    public void run(Host h) {
        h.executeSync(sync);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).executes(sync);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.SERIALIZATION);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return h.serializes(sync) ? "" : "does not serialize";
    }
}
