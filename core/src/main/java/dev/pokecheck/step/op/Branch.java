// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.ControlStmt;
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

/** Goes elsewhere unless a condition holds: the head of a branch or of a loop. */
final class Branch extends Step {
    private final Code condition;
    private final Words words;
    private int otherwise;

    Branch(ControlStmt.If stmt) {
        super(stmt);
        this.condition = Code.of(stmt.condition());
        this.words = Words.around("if (", stmt.condition(), ")");
    }

    Branch(ControlStmt.While stmt) {
        super(stmt);
        this.condition = Code.of(stmt.condition());
        this.words = Words.of(stmt);
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
        if (h.value(condition) == 0) {
            h.goTo(otherwise);
        }
    }

    @Override
    public Flow flow() {
        return Flow.onOrTo(otherwise);
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.READS).decides(condition).onlyEvaluates();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public String finds(Host h, ValueText values) {
        return h.value(condition) != 0 ? "true" : "false";
    }

    /** Says where it goes if the condition does not hold. */
    void otherwise(int target) {
        otherwise = target;
    }
}
