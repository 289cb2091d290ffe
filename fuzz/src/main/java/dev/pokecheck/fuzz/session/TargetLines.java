// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the summary says of one target. */
final class TargetLines {
    private TargetLines() {}

    /** A line or two. */
    static List<String> of(TargetReport report) {
        TargetFigures figures = report.figures();
        double nanos = Math.max(1, figures.sum("nanos"));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d executions, %.0f a second; corpus %d -> %d inputs; canary %s",
                report.target().text(),
                figures.sum("runs"),
                figures.sum("runs") * 1e9 / nanos,
                report.inputsBefore(),
                report.inputsAfter(),
                report.canary()));
        if (report.target().hasProtocols()) {
            lines.add(schedules(figures, nanos));
            lines.add(time(figures, nanos));
        } else if (report.target() == FuzzTarget.PATCH_SEQUENCE) {
            lines.add(sequences(figures, nanos));
        }
        return lines;
    }

    /** Of the whole process, unless the protocols say it each for itself. */
    private static String schedules(TargetFigures figures, double nanos) {
        boolean apart = !figures.protocols().isEmpty();
        long complete = apart ? figures.sumOfProtocols("schedules") : figures.sum("complete");
        long lastNew = figures.lastNewMillis();
        return complete(complete, "schedules", figures, nanos) + ", all fed back; " + figures.most("states")
                + " abstract states"
                + (lastNew == 0 ? "" : ", the last new one after " + Times.clock(lastNew * 1_000_000));
    }

    private static String sequences(TargetFigures figures, double nanos) {
        return complete(figures.sum("complete"), "sequences", figures, nanos) + "; in " + figures.sum("violating")
                + " both judges found the same fault, where nothing is promised";
    }

    private static String complete(long number, String what, TargetFigures figures, double nanos) {
        return String.format(
                Locale.ROOT,
                "  %d complete %s, %.0f a second, %.0f a second of processor time",
                number,
                what,
                number * 1e9 / nanos,
                number * 1e9 / Math.max(1, figures.sum("cpu")));
    }

    private static String time(TargetFigures figures, double nanos) {
        double walk = figures.sum("walk") / nanos;
        double inside = figures.sum("target") / nanos;
        return String.format(
                Locale.ROOT,
                "  %.0f %% of the time outside the schedules: %.0f %% building machines and explaining findings, %.0f %% the fuzzer",
                100 * (1 - walk),
                100 * (inside - walk),
                100 * (1 - inside));
    }
}
