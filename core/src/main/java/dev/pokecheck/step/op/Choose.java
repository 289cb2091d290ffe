// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.ControlStmt;
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

/** Chooses a number. */
final class Choose extends Step {
    private final int ways;
    private final int to;

    Choose(ControlStmt.Choose stmt) {
        super(stmt);
        ways = stmt.ways();
        to = stmt.to().id();
    }

    @Override
    public Ways ways() {
        return Ways.NUMBERS;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.assign(to, h.way());
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).chooses(ways).assigns(to);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.CHOICES);
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
