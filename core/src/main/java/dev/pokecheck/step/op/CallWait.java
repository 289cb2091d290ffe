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

/** Waits until every other CPU has run the function. */
final class CallWait extends Step {
    CallWait(CpuStmt.CallCpus stmt) {
        super(Optional.of(stmt), stmt.label() + ".wait", false);
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.othersOweNothing(Owing.CALL);
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
        return Footprint.of(Visibility.WAITS);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.CALLS);
    }

    @Override
    public Words words() {
        return Words.of("/* wait until all have run it */")
                .waitingFor(new Waiting.Others(Owing.CALL, "every CPU has run the function"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
