// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Pass;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What people read of a violation that was made small. */
public final class MinimizedPrinter {
    private MinimizedPrinter() {}

    /** Prints what it was, what was tried, what is left, and what decides. */
    public static void print(PrintWriter out, Minimized minimized) {
        out.println("violation  " + minimized.symptom().text());
        out.println("before     " + minimized.before().text());
        for (Pass pass : minimized.passes()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-10s %d tried, %d accepted, %d steps gone",
                    pass.name(),
                    pass.attempts(),
                    pass.successes(),
                    pass.stepsGone()));
        }
        out.println("after      " + minimized.after().text());
        out.println("in         " + ScenarioText.print(minimized.scenario()));
        out.println();
        out.print(TextTimeline.of(Tracer.of(minimized.machine(), minimized.schedule(), minimized.loop())));
        out.println();
        if (minimized.loop().isPresent()) {
            out.println("decides    of a livelock, no two steps are looked for");
            return;
        }
        List<String> decides = CriticalSwap.of(minimized)
                .map(CriticalSwap::text)
                .orElse(List.of(
                        "no change of the order of two steps, or of what one fetch sees, was found to make it pass"));
        for (int i = 0; i < decides.size(); i++) {
            out.println((i == 0 ? "decides    " : "           ") + decides.get(i));
        }
    }
}
