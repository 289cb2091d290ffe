// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import java.util.List;
import java.util.Optional;

/**
 * What the search of one scenario of the museum has shown.
 *
 * @param verdict it
 * @param seconds how long it took
 */
public record TimedVerdict(Verdict verdict, double seconds) {

    /**
     * Searches a protocol.
     *
     * @param scenario the scenario, as a corpus entry has it
     * @param required the level that must hold
     */
    public static TimedVerdict of(CatalogEntry entry, String scenario, Level required, ProgressLine progress) {
        Machine machine =
                GivenScenario.parse("museum", scenario, required.watch()).machine(entry, List.of());
        long start = System.nanoTime();
        CheckOptions options = CheckOptions.defaults().require(required);
        Verdict verdict =
                Check.search(machine, options.search(options.search().progress(progress.search(entry.fullName()))));
        return new TimedVerdict(verdict, (System.nanoTime() - start) / 1e9);
    }

    /** Whether a bound ended it. */
    public boolean isAtBound() {
        return verdict.kind() == Verdict.Kind.NO_VIOLATION_WITHIN;
    }

    /** The property that is violated, or bars the next level, by its name. */
    public Optional<String> property() {
        return verdict.violation().map(violation -> violation.property().text());
    }

    /** How many steps lead to it. */
    public String steps() {
        return verdict.violation()
                .map(violation -> Integer.toString(violation.depth()))
                .orElse("-");
    }

    /** How many states were visited. */
    public String states() {
        return Long.toString(verdict.effort().states());
    }
}
