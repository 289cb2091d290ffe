// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.DataStmt;
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

/** Assigns a local variable; loads if the value reads a shared one. */
final class Assign extends Step {
    private final int to;
    private final Code value;

    Assign(DataStmt.Assign stmt) {
        super(stmt);
        this.to = stmt.to().id();
        this.value = Code.of(stmt.value());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.assign(to, h.value(value));
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.READS).onlyAssigns(to, value).onlyEvaluates();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        int variable = value.variable();
        int now = h.value(value);
        return variable < 0 ? Integer.toString(now) : values.of(variable, now);
    }
}
