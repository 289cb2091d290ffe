// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.run.CheckOutcomes;
import dev.pokecheck.cli.run.CheckRequest;
import dev.pokecheck.cli.run.SearchRequest;
import java.io.PrintWriter;
import java.util.Locale;

/** What people read of a check. */
public final class CheckPrinter {
    private final PrintWriter out;

    public CheckPrinter(PrintWriter out) {
        this.out = out;
    }

    /** Prints what is checked, before anything long begins. */
    public void request(CheckRequest request) {
        Head.lines(request.entry(), request.machine(), request.hardware(), request.sites())
                .forEach(out::println);
        Head.lines(request.search()).forEach(out::println);
        out.flush();
    }

    /**
     * Prints what was found, of several checks in the worst of them.
     *
     * @param search what was asked
     */
    public void outcomes(SearchRequest search, CheckOutcomes outcomes) {
        new FindingsPrinter(out).print(search, outcomes.worst());
        if (outcomes.all().size() > 1) {
            summary(outcomes);
        }
    }

    private void summary(CheckOutcomes outcomes) {
        out.println();
        out.println("rows  first row of the shape, and its verdict");
        for (CheckOutcome outcome : outcomes.all()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%4d  %s",
                    outcome.choice().rows(),
                    outcome.choice().name()));
            out.println("      " + outcome.verdict().sentence());
        }
        out.println();
    }
}
