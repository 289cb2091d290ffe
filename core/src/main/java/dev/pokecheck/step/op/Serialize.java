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
import java.util.Optional;
import java.util.Set;

/** Executes an instruction that synchronises this CPU, or is believed to: alone, or after others have been asked to. */
final class Serialize extends Step {
    private final Sync sync;
    private final Words words;

    Serialize(CpuStmt.Serialize stmt) {
        super(stmt);
        sync = stmt.sync();
        words = Words.of(stmt);
    }

    Serialize(CpuStmt.SyncEachCpu stmt) {
        super(Optional.of(stmt), stmt.label() + ".own", false);
        sync = stmt.sync();
        words = Words.of("/* this CPU, too */");
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
        return words;
    }

    @Override
    public String finds(Host h, ValueText values) {
        return h.serializes(sync) ? "" : "does not serialize";
    }
}
