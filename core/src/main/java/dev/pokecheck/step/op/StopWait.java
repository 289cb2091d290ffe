// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

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

/** What a thread taken over by stop_machine does before its function. */
final class StopWait extends Step {
    StopWait() {
        super(Optional.empty(), "stop", false);
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.mayBeginFunction();
    }

    @Override
    public void run(Host h) {
        h.beginFunction();
    }

    @Override
    public Flow flow() {
        return Flow.END;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.noneOf(Facility.class);
    }

    @Override
    public Words words() {
        return Words.of("/* in stop_machine: wait for all CPUs */")
                .waitingFor(new Waiting.Stopper("every CPU is in stop_machine", "arrived"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
