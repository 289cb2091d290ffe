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
import java.util.Optional;
import java.util.Set;

/** The second load of a wait for two conditions: goes on if its condition holds, and back if the first does no longer. */
final class AwaitAnd extends Step {
    private final Code first;
    private final Code second;
    private int back;

    AwaitAnd(DataStmt.AwaitBoth stmt) {
        super(Optional.of(stmt), stmt.label() + ".and", false);
        first = Code.of(stmt.first());
        second = Code.of(stmt.second());
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.value(second) != 0 || h.value(first) == 0 || h.failed();
    }

    @Override
    public void run(Host h) {
        // Where neither way is open the loop spins: to load both again would change nothing.
        if (h.value(second) == 0) {
            h.wentBack();
            h.goTo(back);
        }
    }

    @Override
    public Flow flow() {
        return Flow.onOrTo(back);
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.READS).evaluates(second).evaluates(first);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.DATA);
    }

    @Override
    public Words words() {
        return Words.around("while (!(... && ", second.source(), ")) cpu_relax();")
                .waitingFor(new Waiting.Condition(second));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return h.value(second) != 0 ? "true" : "false";
    }

    /** Says where the first load is. */
    void back(int target) {
        back = target;
    }
}
