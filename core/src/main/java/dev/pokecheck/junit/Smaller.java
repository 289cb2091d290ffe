// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.property.ShownBy;
import dev.pokecheck.protocol.Protocol;

/** The violation that a random run has met is long; a person reads a short one. */
final class Smaller {
    private Smaller() {}

    /** A verdict with its violation minimised in the same scenario; the same verdict without one, or with a livelock, which only a
     * search to the end finds. */
    static Verdict of(Protocol.Definition definition, Machine machine, Verdict verdict) {
        if (verdict.kind() != Verdict.Kind.VIOLATED) {
            return verdict;
        }
        Violation violation = verdict.violation().orElseThrow();
        if (violation.property().shownBy() == ShownBy.LOOP) {
            return verdict;
        }
        String name = machine.protocol().name();
        int[] schedule = Minimizer.of(scenario -> Machine.of(scenario, name, definition))
                .shortener(Shortcuts.quick()::shorten)
                .stuck(StuckState::isStuck)
                .keepScenario(true)
                .minimize(machine.unreduced(), violation.finding().schedule(), violation.property())
                .orElseThrow(() -> new IllegalStateException("the violation that was found does not reproduce"))
                .schedule();
        return verdict.with(violation.with(schedule), "minimised from " + violation.depth() + " steps");
    }
}
