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
import dev.pokecheck.step.Waiting;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** Calls stop_machine: a locked operation, which waits until the store buffer is empty, and until nobody else stops the machine. */
final class StopBegin extends Step {
    StopBegin(CpuStmt.StopMachine stmt) {
        super(stmt);
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained() && h.nobodyStops();
    }

    @Override
    public void run(Host h) {
        if (!h.beginStop()) {
            h.stay();
        }
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).interruptsOthers();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.STOP_MACHINE);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow())
                .waitingFor(new Waiting.Stopper("the other stop_machine is over", "not begun"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
