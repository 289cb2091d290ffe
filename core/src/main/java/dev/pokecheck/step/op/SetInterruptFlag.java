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
import java.util.Set;

/** Sets or clears IF. */
final class SetInterruptFlag extends Step {
    private final boolean enabled;

    SetInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        super(stmt);
        this.enabled = stmt.enabled();
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
        h.setInterruptFlag(enabled);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        Footprint footprint = Footprint.of(Visibility.SEEN);
        return enabled ? footprint.enablesInterrupts() : footprint;
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.INTERRUPT_FLAG);
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
