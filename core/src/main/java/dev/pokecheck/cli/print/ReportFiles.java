// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.report.Invocation;
import dev.pokecheck.report.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reports for other tools, to files. One of them can go to the standard output instead. */
public final class ReportFiles {
    private static final String STANDARD_OUTPUT = "-";

    /** A report that was asked for. */
    private record Wanted(String option, String target, BiFunction<Invocation, List<Result>, String> writer) {
        boolean isOnStandardOutput() {
            return target.equals(STANDARD_OUTPUT);
        }
    }

    private final List<Wanted> wanted = new ArrayList<>();

    /** Asks for a report, if there is a target for it. Complains of a second one on the standard output. */
    public ReportFiles add(
            String option, @Nullable String target, BiFunction<Invocation, List<Result>, String> writer) {
        if (target != null) {
            Wanted next = new Wanted(option, target, writer);
            wanted.stream()
                    .filter(it -> it.isOnStandardOutput() && next.isOnStandardOutput())
                    .findFirst()
                    .ifPresent(first -> {
                        throw new UsageException(option + ": only one report can go to the standard output, and "
                                + first.option + " does already; give a file");
                    });
            wanted.add(next);
        }
        return this;
    }

    /** The files that are asked for, by the options that name them. */
    public Map<String, Path> targets() {
        Map<String, Path> targets = new LinkedHashMap<>();
        wanted.stream()
                .filter(it -> !it.isOnStandardOutput())
                .forEach(it -> targets.put(it.option, Path.of(it.target)));
        return targets;
    }

    /** Whether any was asked for. */
    public boolean isWanted() {
        return !wanted.isEmpty();
    }

    /** Whether one of them takes the standard output. */
    public boolean takesStandardOutput() {
        return wanted.stream().anyMatch(Wanted::isOnStandardOutput);
    }

    /** Writes what was asked for. */
    public void write(Invocation invocation, List<Result> results, PrintWriter out) {
        for (Wanted report : wanted) {
            String text = report.writer.apply(invocation, results);
            if (report.isOnStandardOutput()) {
                out.print(text);
                out.flush();
            } else {
                TextFile.write(report.option, Path.of(report.target), text);
            }
        }
    }
}
