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
import dev.pokecheck.step.Waiting;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** Spins until a condition holds, or cannot be asked for. */
final class Await extends Step {
    private final Code condition;
    private final String after;

    Await(DataStmt.Await stmt) {
        super(stmt);
        this.condition = Code.of(stmt.condition());
        after = ")) cpu_relax();";
    }

    /** The first of two waits. */
    Await(DataStmt.AwaitBoth stmt) {
        super(stmt);
        this.condition = Code.of(stmt.first());
        after = " && ...)) cpu_relax();";
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.value(condition) != 0 || h.failed();
    }

    @Override
    public void run(Host h) {
        // That it holds is known; that it could be asked for at all is not.
        h.value(condition);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.READS).evaluates(condition);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return Words.around("while (!(", condition.source(), after).waitingFor(new Waiting.Condition(condition));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
