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

/** Spins until a condition holds, or cannot be asked for; or gives up. */
final class AwaitOrTimeout extends Step {
    private final Code condition;
    private final int timedOut;

    AwaitOrTimeout(DataStmt.AwaitOrTimeout stmt) {
        super(stmt);
        condition = Code.of(stmt.condition());
        timedOut = stmt.timedOut().id();
    }

    @Override
    public Ways ways() {
        return Ways.WAIT_OR_NOT;
    }

    @Override
    public boolean ready(Host h) {
        return h.value(condition) != 0 || h.failed();
    }

    @Override
    public void run(Host h) {
        if (h.way() == 0) {
            // That it holds is known; that it could be asked for at all is not.
            h.value(condition);
        }
        h.assign(timedOut, h.way());
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).evaluates(condition).assigns(timedOut);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA, Facility.CHOICES);
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
