// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.print.ReportFiles;
import dev.pokecheck.cli.print.TextFile;
import dev.pokecheck.cli.run.Build;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.report.Invocation;
import dev.pokecheck.report.JsonReport;
import dev.pokecheck.report.JunitXml;
import dev.pokecheck.report.MarkdownSummary;
import dev.pokecheck.report.Result;
import dev.pokecheck.report.Sarif;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Reports for other tools. One of them can go to the standard output; what people read goes to the standard error then. */
@About(Subject.OUTPUT)
public final class ReportOptions {
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

    /**
     * Rejects incompatible options, and files that cannot be written, before anything long begins.
     *
     * @param others further files that the command writes, by their options
     */
    public void validate(Map<String, Path> others) {
        Map<Path, String> options = new LinkedHashMap<>();
        Map<String, Path> targets = new LinkedHashMap<>(others);
        targets.putAll(files().targets());
        targets.forEach((option, file) -> {
            String first = options.putIfAbsent(TextFile.probe(option, file), option);
            if (first != null) {
                throw new UsageException(
                        option + ": " + file + " is what " + first + " writes; give each a file of its own");
            }
        });
    }

    /** The reports that are asked for. */
    public ReportFiles files() {
        return new ReportFiles()
                .add("--json", json, JsonReport::of)
                .add("--junit", junit, JunitXml::of)
                .add("--sarif", sarif, Sarif::of)
                .add("--markdown", markdown, MarkdownSummary::of);
    }

    /** Where to print what people read. */
    public PrintWriter console(CommandSpec spec) {
        return files().takesStandardOutput()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
    }

    /** Writes what was asked for. */
    public void write(CommandSpec spec, ExitCode code, List<Result> results) {
        Invocation invocation = new Invocation(
                spec.name(),
                spec.commandLine().getParseResult().originalArgs(),
                Build.version(),
                code.number(),
                code.meaning());
        files().write(invocation, results, spec.commandLine().getOut());
    }
}
