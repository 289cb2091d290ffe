// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.cli.option.CFileOptions;
import dev.pokecheck.cli.option.ExpectLine;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.source.token.SourceException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks what C files expect of themselves. */
@Command(
        name = "test",
        description = {
            "Checks each line 'expect:' in the comments before the code of C files: options of 'check', and then what it must show:",
            "  expect: violates deadlock",
            "  expect: -D CLEAR_FIRST --cpus 3 holds atomic",
            "'violates PROPERTY' is shown by check --property PROPERTY, 'holds LEVEL' by check --level LEVEL; 'holds exactly LEVEL' says that no stronger"
                    + " level holds, and 'holds' that the check with these options holds.",
            "The exit code is 0 if all lines are met, 1 if one is not, 4 if all that are not were inconclusive, and 2 if a file or a line cannot be read."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.c", arity = "1..*", description = "C files.")
    @SuppressWarnings("NullAway.Init")
    private List<String> files;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CFileOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    private final Set<String> complaints = new LinkedHashSet<>();
    private int lines;
    private int met;

    @Override
    public Integer call() {
        ExitCode worst = ExitCode.HOLDS;
        for (String file : files) {
            worst = worst.worse(test(file));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(met + " of " + lines + " lines are met.");
        out.flush();
        complaints.forEach(spec.commandLine().getErr()::println);
        return worst.number();
    }

    private ExitCode test(String file) {
        ExitCode worst = ExitCode.HOLDS;
        try {
            for (ExpectLine line : ExpectLine.of(options.open(file))) {
                lines++;
                worst = worst.worse(test(line));
            }
        } catch (SourceException e) {
            return complain(String.valueOf(e.getMessage()));
        } catch (CorpusException e) {
            return complain("pokecheck: " + e.getMessage());
        }
        return worst;
    }

    private ExitCode test(ExpectLine line) {
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = quiet.progress(spec);
        try {
            ExpectLine.Checked shown = line.run(progress);
            if (shown.isMet()) {
                met++;
                if (!quiet.isQuiet()) {
                    out.println(line.place() + ": met: " + line.text());
                }
            } else {
                out.println(line.place() + ": NOT MET: expected: " + line.text() + "; found: "
                        + shown.outcomes().sentence() + "; see: " + line.command());
            }
            out.flush();
            return shown.isMet() ? ExitCode.HOLDS : code(shown.outcomes().worst());
        } catch (SourceException e) {
            progress.clear();
            out.println(line.place() + ": REFUSED: " + line.text());
            out.flush();
            return complain(String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong with a file is wrong for all of its lines, and said once. */
    private ExitCode complain(String message) {
        complaints.add(message);
        return ExitCode.USAGE;
    }

    private static ExitCode code(CheckOutcome outcome) {
        boolean decided = outcome.verdict().kind() == Verdict.Kind.HOLDS || outcome.exit() == ExitCode.VIOLATED;
        return decided ? ExitCode.VIOLATED : ExitCode.INCONCLUSIVE;
    }
}
