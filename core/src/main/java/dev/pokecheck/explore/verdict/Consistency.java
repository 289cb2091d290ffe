// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import java.util.Comparator;
import java.util.Optional;

/**
 * The strongest consistency level that a protocol keeps on a machine, and what keeps the next one from holding.
 *
 * @param verdict what the search has shown; it goes on at violations, without looking behind them
 * @param level the level; empty if not even {@link Level#NONE} is kept, or if the search was not exhausted
 * @param bar the shortest violation of what the next level forbids, if it was met
 */
public record Consistency(Verdict verdict, Optional<Level> level, Optional<Violation> bar) {

    /** Searches a machine, which must watch for the levels in question. */
    public static Consistency of(Machine machine, SearchOptions search) {
        Verdict verdict =
                Check.search(machine, CheckOptions.defaults().all(true).search(search));
        Optional<Level> level = verdict.level();
        Optional<Violation> bar = verdict.findings().stream()
                .filter(finding ->
                        level.map(kept -> !finding.property().forbiddenAt(kept)).orElse(true))
                .min(Comparator.comparing(
                                (Violation finding) -> finding.property().from())
                        .thenComparingInt(Violation::depth));
        return new Consistency(verdict, level, bar);
    }
}
