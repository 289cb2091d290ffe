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
import java.util.Set;

/** Asks for the thread of a CPU, once nobody else has it suspended. A CPU that does not exist is a fault. */
final class SuspendSend extends Step {
    private final Code cpu;

    SuspendSend(ContextStmt.Suspend stmt) {
        super(stmt);
        cpu = Code.of(stmt.cpu());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.maySuspend(h.value(cpu));
    }

    @Override
    public void run(Host h) {
        h.suspend(h.value(cpu));
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
        return Words.of(source().orElseThrow())
                .waitingFor(new Waiting.Suspended(cpu, "nobody else has the thread suspended"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
