// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.ContextStmt;
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

/** Takes this CPU offline: it has nothing in its store buffer, owes nobody anything, and nobody stops the machine. */
final class GoOffline extends Step {
    GoOffline(ContextStmt.GoOffline stmt) {
        super(stmt);
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained() && h.mayGoOffline();
    }

    @Override
    public void run(Host h) {
        h.goOffline();
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).takesOffline();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.HOTPLUG);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow())
                .waitingFor(new Waiting.Stopper("the stop_machine is over", "under way"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
