// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.Stmt;
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
import java.util.Optional;
import java.util.Set;

/** Goes elsewhere: over the other branch, back to the head of a loop, out of a function. */
final class Jump extends Step {
    private final Words words;
    private int target;
    private boolean endless;

    Jump(Stmt stmt, Words words) {
        super(Optional.of(stmt), "", true);
        this.words = words;
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
        if (endless) {
            h.wentBack();
        }
        h.goTo(target);
    }

    @Override
    public Flow flow() {
        return Flow.to(target);
    }

    @Override
    public Footprint footprint() {
        Footprint footprint = Footprint.of(Visibility.SEEN).onlyEvaluates();
        return endless ? footprint : footprint.leads();
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.noneOf(Facility.class);
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }

    /** Says where it goes. */
    void to(int number) {
        target = number;
    }

    /** Says that it closes a loop without a place of rest. */
    void closesLoop() {
        endless = true;
    }
}
