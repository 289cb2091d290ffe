// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.report.Invocation;
import dev.pokecheck.report.JsonReport;
import dev.pokecheck.report.JunitXml;
import dev.pokecheck.report.MarkdownSummary;
import dev.pokecheck.report.Result;
import dev.pokecheck.report.Sarif;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Reports for other tools. One of them can go to the standard output; what people read goes to the standard error then. */
final class ReportFiles {
    private static final String STANDARD_OUTPUT = "-";

    /** Options with a value that do not change what is asked. */
    private static final List<String> ELSEWHERE = List.of(
            "--json",
            "--junit",
            "--sarif",
            "--markdown",
            "--html",
            "--svg",
            "--checkpoint",
            "--checkpoint-every",
            "--resume");

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description =
                    "Write the results as JSON: to a file, or to the standard output, and all else to the standard"
                            + " error. core/docs/reports.md has the schema.")
    private @Nullable String json;

    @Option(
            names = "--junit",
            paramLabel = "FILE|-",
            description = "Write the results as JUnit XML, for CI servers. What is inconclusive is an error there.")
    private @Nullable String junit;

    @Option(
            names = "--sarif",
            paramLabel = "FILE|-",
            description = "Write what failed as SARIF 2.1.0, for code scanning servers and editors.")
    private @Nullable String sarif;

    @Option(
            names = "--markdown",
            paramLabel = "FILE|-",
            description = "Write a summary as Markdown, as for GITHUB_STEP_SUMMARY.")
    private @Nullable String markdown;

    /** A report that was asked for. */
    private record Wanted(String option, String target, BiFunction<Invocation, List<Result>, String> writer) {}

    private List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>();
        add(wanted, "--json", json, JsonReport::of);
        add(wanted, "--junit", junit, JunitXml::of);
        add(wanted, "--sarif", sarif, Sarif::of);
        add(wanted, "--markdown", markdown, MarkdownSummary::of);
        return wanted;
    }

    private static void add(
            List<Wanted> wanted,
            String option,
            @Nullable String target,
            BiFunction<Invocation, List<Result>, String> writer) {
        if (target != null) {
            wanted.add(new Wanted(option, target, writer));
        }
    }

    /** Complains about what does not go together, before anything long begins. */
    void validate() {
        List<String> standard = wanted().stream()
                .filter(it -> it.target.equals(STANDARD_OUTPUT))
                .map(Wanted::option)
                .toList();
        if (standard.size() > 1) {
            throw new UsageException(standard.get(1) + ": only one report can go to the standard output, and "
                    + standard.get(0) + " does already; give a file");
        }
    }

    /** Whether any was asked for. */
    boolean isWanted() {
        return !wanted().isEmpty();
    }

    /** Where to print what people read. */
    PrintWriter console(CommandSpec spec) {
        boolean taken = wanted().stream().anyMatch(it -> it.target.equals(STANDARD_OUTPUT));
        return taken ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    /** The arguments of the command without what says where to write, where to go on and how much to tell: what shows the same again. */
    static List<String> arguments(CommandSpec spec) {
        return Shell.without(spec.commandLine().getParseResult().originalArgs(), ELSEWHERE).stream()
                .filter(word -> !word.equals("--quiet"))
                .toList();
    }

    /** Writes what was asked for. */
    void write(CommandSpec spec, ExitCode code, List<Result> results) {
        Invocation invocation = new Invocation(
                spec.name(),
                spec.commandLine().getParseResult().originalArgs(),
                Version.number(),
                code.number(),
                code.meaning());
        for (Wanted report : wanted()) {
            write(spec, report, report.writer.apply(invocation, results));
        }
    }

    private static void write(CommandSpec spec, Wanted report, String text) {
        if (report.target.equals(STANDARD_OUTPUT)) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
            return;
        }
        try {
            Files.writeString(Path.of(report.target), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException(report.option + ": " + report.target + " cannot be written: " + e.getMessage());
        }
    }
}
