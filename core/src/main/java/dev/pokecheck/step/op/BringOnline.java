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

/** Brings a CPU online: waits until it is offline, and nobody stops the machine. A CPU that does not exist is a fault. */
final class BringOnline extends Step {
    private final Code cpu;

    BringOnline(ContextStmt.BringOnline stmt) {
        super(stmt);
        cpu = Code.of(stmt.cpu());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.nobodyStops() && h.mayBringOnline(h.value(cpu));
    }

    @Override
    public void run(Host h) {
        h.bringOnline(h.value(cpu));
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
        return EnumSet.of(Facility.HOTPLUG);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow()).waitingFor(new Waiting.Offline(cpu));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
