// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import java.util.List;

/**
 * The finished checks of a command.
 *
 * @param all each of them, at least one
 */
public record CheckOutcomes(List<CheckOutcome> all) {

    /** Copies the list. */
    public CheckOutcomes {
        all = List.copyOf(all);
    }

    /** The first with the worst exit code. */
    public CheckOutcome worst() {
        CheckOutcome worst = all.get(0);
        for (CheckOutcome outcome : all) {
            if (outcome.exit().compareTo(worst.exit()) > 0) {
                worst = outcome;
            }
        }
        return worst;
    }

    /** What they show, in one sentence without its full stop. */
    public String sentence() {
        CheckOutcome worst = worst();
        if (all.size() == 1) {
            return worst.verdict().sentence();
        }
        int rows = all.stream().mapToInt(outcome -> outcome.choice().rows()).sum();
        long alike = all.stream()
                .filter(outcome -> outcome.verdict().kind() == worst.verdict().kind())
                .count();
        return rows + " rows of " + all.size() + " shapes; " + alike + " shapes as the first of them, "
                + worst.choice().name() + ": " + worst.verdict().sentence();
    }
}
