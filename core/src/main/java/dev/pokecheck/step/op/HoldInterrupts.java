// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

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

/** Clears IF around what a call of all CPUs runs in place, or gives it back. */
final class HoldInterrupts extends Step {
    private final boolean begins;

    HoldInterrupts(CpuStmt.CallCpus stmt, boolean begins) {
        super(Optional.of(stmt), stmt.label() + (begins ? ".irq_save" : ".irq_restore"), false);
        this.begins = begins;
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
        if (begins) {
            h.saveInterruptFlag();
        } else {
            h.restoreInterruptFlag();
        }
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.CALLS);
    }

    @Override
    public Words words() {
        return Words.of(begins ? "local_irq_save(flags);" : "local_irq_restore(flags);");
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
