// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Owing;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Waiting;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** All CPUs are in stop_machine: their functions begin. */
final class StopRun extends Step {
    private int function;

    StopRun(CpuStmt.StopMachine stmt) {
        super(Optional.of(stmt), stmt.label() + ".run", false);
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained() && h.othersOweNothing(Owing.ARRIVAL);
    }

    @Override
    public void run(Host h) {
        h.runStopped(function);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).startsElsewhere(function);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.STOP_MACHINE);
    }

    @Override
    public Words words() {
        return Words.of("/* stop_machine: all CPUs are in */")
                .waitingFor(new Waiting.Others(Owing.ARRIVAL, "every CPU is in stop_machine"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }

    /** Says what the other CPUs run. */
    void function(int first) {
        function = first;
    }
}
