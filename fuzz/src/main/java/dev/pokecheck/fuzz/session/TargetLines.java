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
                "%s: %d %s, %.0f a second; corpus %d -> %d inputs; canary %s",
                report.target().text(),
                figures.sum("runs"),
                report.target().runs(),
                figures.sum("runs") * 1e9 / nanos,
                report.inputsBefore(),
                report.inputsAfter(),
                report.canary()));
        if (report.target().hasProtocols()) {
            lines.add(schedules(figures, nanos));
            lines.add(time(figures, nanos));
        }
        return lines;
    }

    /** Of the whole process, unless the protocols say it each for itself. */
    private static String schedules(TargetFigures figures, double nanos) {
        boolean apart = !figures.protocols().isEmpty();
        long guided = apart ? figures.sumOfProtocols("schedules") : figures.sum("complete");
        long unguided = apart ? figures.sumOfProtocols("unguided") : 0;
        long lastNew = figures.lastNewMillis();
        return String.format(
                Locale.ROOT,
                "  %d complete schedules, %.0f a second, %.0f a second of processor time; %d unguided, %.0f a second; %d abstract states%s",
                guided,
                guided * 1e9 / nanos,
                guided * 1e9 / Math.max(1, figures.sum("cpu")),
                unguided,
                unguided * 1e9 / nanos,
                figures.most("states"),
                lastNew == 0 ? "" : ", the last new one after " + Times.clock(lastNew * 1_000_000));
    }

    private static String time(TargetFigures figures, double nanos) {
        double walk = figures.sum("walk") / nanos;
        double inside = figures.sum("target") / nanos;
        return String.format(
                Locale.ROOT,
                "  %.0f %% of the time outside the machine: %.0f %% building machines, feedback and findings, %.0f %% the fuzzer",
                100 * (1 - walk),
                100 * (inside - walk),
                100 * (1 - inside));
    }
}
