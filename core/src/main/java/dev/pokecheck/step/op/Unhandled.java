// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.TextStmt;
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

/** The handler does not claim the breakpoint: it ends here if the breakpoint has another owner. */
final class Unhandled extends Step {
    private int end;

    Unhandled(TextStmt.Unhandled stmt) {
        super(stmt);
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
        if (h.unclaimed()) {
            h.goTo(end);
        }
    }

    @Override
    public Flow flow() {
        return Flow.to(end);
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.BREAKPOINTS);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }

    /** Says where the routine ends. */
    void end(int number) {
        end = number;
    }
}
