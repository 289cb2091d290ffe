// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.CpuStmt;
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

/**
 * Sends an NMI: waits until this CPU's store buffer is empty; makes one pending for the target, which merges with one that is pending already. A CPU that
 * does not exist is a fault.
 */
final class SendNmi extends Step {
    private final Code cpu;

    SendNmi(CpuStmt.SendNmi stmt) {
        super(stmt);
        this.cpu = Code.of(stmt.cpu());
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
        h.sendNmi(h.value(cpu));
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).sendsNmiTo(cpu);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.NMIS);
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
