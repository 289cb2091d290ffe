// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.ContextStmt;
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
import java.util.Optional;
import java.util.Set;

/** Waits until the thread is suspended. */
final class SuspendWait extends Step {
    private final Code cpu;

    SuspendWait(ContextStmt.Suspend stmt) {
        super(Optional.of(stmt), stmt.label() + ".wait", false);
        cpu = Code.of(stmt.cpu());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isSuspended(h.value(cpu));
    }

    @Override
    public void run(Host h) {
        // Only the condition to get here mattered.
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).evaluates(cpu);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.SUSPENSION);
    }

    @Override
    public Words words() {
        return Words.of("/* wait until it is */").waitingFor(new Waiting.Suspended(cpu, "the thread is suspended"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
