// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.property.ShownBy;

/** Gives the minimiser what it may not use itself: the search, and the catalog. */
public final class Minimizing {
    private Minimizing() {}

    /** The minimiser of a protocol, which tells how far it is. */
    public static Minimizer of(CatalogEntry entry, ProgressLine progress) {
        return Minimizer.of(scenario -> new Machine(scenario, entry.record(scenario.setting())))
                .shortener((machine, known, target) -> {
                    progress.tell(
                            known.length < 2
                                    ? "a search for a schedule"
                                    : "a search for fewer than " + known.length + " steps");
                    return Shortcuts.quick().shorten(machine, known, target);
                })
                .stuck(StuckState::isStuck);
    }

    /**
     * A verdict with its violation minimised in the scenario that was asked about; the same verdict if it has none, or a livelock, which
     * only a search to the end finds.
     */
    static Verdict minimized(CatalogEntry entry, Machine machine, Verdict verdict, ProgressLine progress) {
        if (verdict.kind() != Verdict.Kind.VIOLATED) {
            return verdict;
        }
        Violation violation = verdict.violation().orElseThrow();
        if (violation.property().shownBy() == ShownBy.LOOP) {
            return verdict;
        }
        Minimized minimized = of(entry, progress)
                .keepScenario(true)
                .minimize(machine.unreduced(), violation.finding().schedule(), violation.property())
                .orElseThrow(() -> new IllegalStateException("the violation that was found does not reproduce"));
        String note = "minimised: " + minimized.before().steps() + " -> "
                + minimized.after().steps() + " steps, " + minimized.before().switches() + " -> "
                + minimized.after().switches()
                + " changes of the CPU; the scenario stays ('minimize FILE' makes that smaller too)";
        return verdict.with(violation.with(minimized.schedule()), note);
    }
}
