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

/** The end of a routine. */
final class End extends Step {
    End() {
        super(Optional.empty(), "end", true);
    }

    @Override
    public Ways ways() {
        return Ways.RETURN;
    }

    @Override
    public boolean ready(Host h) {
        return h.mayReturn();
    }

    @Override
    public void run(Host h) {
        h.endRoutine();
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
        return Words.of("}")
                .waitingFor(new Waiting.Return(new Waiting.Stopper("every CPU has done its function", "done here")));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
