// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.checkpoint.file.CheckpointHead;
import dev.pokecheck.checkpoint.file.FormerSearch;
import dev.pokecheck.cli.option.CheckQuestion;
import dev.pokecheck.cli.option.CheckpointOptions;
import dev.pokecheck.cli.option.OwnProtocol;
import dev.pokecheck.cli.option.PictureOptions;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.option.ReportOptions;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.print.CheckPrinter;
import dev.pokecheck.cli.print.EntryFile;
import dev.pokecheck.cli.print.Results;
import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.run.CheckOutcomes;
import dev.pokecheck.cli.run.CheckRequest;
import dev.pokecheck.cli.run.CheckRunner;
import dev.pokecheck.cli.run.Checkpointing;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Console;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.cli.screen.Shell;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Own;
import dev.pokecheck.report.Result;
import dev.pokecheck.trace.Trace;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a protocol in a scenario. */
@Command(
        name = "check",
        description = "Searches every interleaving of a protocol in a scenario, and says what that has shown.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CheckQuestion question;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportOptions reports;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description =
                    "Save the violation, or that the level holds, as an entry of the corpus (.poke), which carries the"
                            + " C file that it was found in, with its headers.")
    private @Nullable Path save;

    @Option(
            names = "--by-path",
            description =
                    "With --save: the entry names the C file instead of carrying it, for a corpus beside the sources.")
    private boolean byPath;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PictureOptions pictures;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CheckpointOptions checkpoints;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    /**
     * What is to be found out, by this command line or by that of a checkpoint.
     *
     * @param words what a checkpoint keeps of it
     * @param reproducer arguments that reproduce this run; printed in reports
     */
    private record Asked(CheckQuestion question, List<String> words, List<String> reproducer) {}

    @Override
    public Integer call() {
        Optional<FormerSearch> former = checkpoints.former();
        Asked asked = asked(former);
        CheckRequest request = asked.question.request(spec);
        reports.validate(targets());
        if (byPath && save == null) {
            throw new UsageException("--by-path: says how --save saves a C file; add --save FILE.poke");
        }
        ProgressLine progress = quiet.progress(spec);
        Optional<Path> file = checkpoints.file();
        if (file.isEmpty()) {
            return check(asked, request, progress, Optional.empty()).number();
        }
        PrintWriter err = spec.commandLine().getErr();
        CheckpointHead head = SavedCommand.head(request, asked.words);
        if (former.isPresent() && isChanged(former.get().head(), head)) {
            return ExitCode.DIVERGED.number();
        }
        Checkpointing saving = checkpoints.begin(file.get(), head, former, progress, err);
        try {
            ExitCode code = check(asked, request, progress, Optional.of(saving));
            saving.removeIfOver();
            return code.number();
        } finally {
            saving.release();
        }
    }

    private Map<String, Path> targets() {
        Map<String, Path> targets = pictures.files().targets();
        if (save != null) {
            targets.put("--save", save);
        }
        return targets;
    }

    /** Takes over the options of the command saved in the checkpoint, if there is one and this command names no protocol. */
    private Asked asked(Optional<FormerSearch> former) {
        if (question.hasProtocol() || former.isEmpty()) {
            return new Asked(question, SavedCommand.words(spec), reproducer());
        }
        List<String> words = SavedCommand.merged(former.get().head().words(), spec);
        CheckCommand saved = new CheckCommand();
        new CommandLine(saved).parseArgs(words.toArray(String[]::new));
        List<String> reproducer = new ArrayList<>(List.of(spec.name()));
        reproducer.addAll(words);
        return new Asked(saved.question, words, reproducer);
    }

    /** The arguments of the command without what says where to write, where to go on and how much to tell. */
    private List<String> reproducer() {
        return Shell.without(spec.commandLine().getParseResult().originalArgs(), Subject.options(spec, Subject.OUTPUT));
    }

    private boolean isChanged(CheckpointHead saved, CheckpointHead asked) {
        SavedCommand.expectSame(saved, asked);
        boolean changed = !saved.fingerprint().equals(asked.fingerprint());
        if (changed) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "pokecheck: --resume: the protocol has changed since the checkpoint was written (fingerprint "
                                    + saved.fingerprint() + " then, " + asked.fingerprint() + " now); search anew");
        }
        return changed;
    }

    private ExitCode check(Asked asked, CheckRequest request, ProgressLine progress, Optional<Checkpointing> saving) {
        PrintWriter result = reports.console(spec);
        PrintWriter out = quiet.isQuiet() ? new PrintWriter(Writer.nullWriter()) : result;
        CheckPrinter printer = new CheckPrinter(out);
        printer.request(request);
        CheckOutcomes outcomes = new CheckRunner(progress, saving).run(request);
        saving.flatMap(Checkpointing::cost).ifPresent(progress::tellAtEnd);
        if (!quiet.isQuiet()) {
            printer.outcomes(request.search(), outcomes);
        }
        String sentence = outcomes.sentence() + ".";
        try {
            write(outcomes, request.protocol(), asked, out);
        } catch (UsageException e) {
            verdict(sentence, result);
            throw e;
        }
        saving.flatMap(Checkpointing::hint).ifPresent(out::println);
        verdict(sentence, result);
        return outcomes.worst().exit();
    }

    /** Writes what is asked for to files. */
    private void write(CheckOutcomes outcomes, GivenProtocol protocol, Asked asked, PrintWriter out) {
        CheckOutcome worst = outcomes.worst();
        save(worst, protocol, asked.question).forEach(out::println);
        draw(worst, asked.question).forEach(out::println);
        if (reports.files().isWanted()) {
            List<Result> results = outcomes.all().stream()
                    .map(outcome -> result(outcome, outcome.equals(worst), asked))
                    .toList();
            reports.write(spec, worst.exit(), results);
        }
    }

    /** Prints the sentence that is the result, unless it is to be quiet and reports alone are asked for. */
    private void verdict(String sentence, PrintWriter result) {
        boolean toErr = result == spec.commandLine().getErr();
        if (!quiet.isQuiet() || !toErr) {
            result.println(Console.of(spec).screen().verdict(sentence, toErr));
        }
        result.flush();
    }

    /** Saves the run if asked to and if it showed something; returns lines that say how to replay it. */
    private List<String> save(CheckOutcome outcome, GivenProtocol protocol, CheckQuestion question) {
        OwnProtocol own = question.own();
        if (save == null) {
            return outcome
                    .entry()
                    .filter(it -> it.schedule().isPresent())
                    .map(it -> "replay     repeat this command with --save FILE.poke, then: "
                            + own.replay(Path.of("FILE.poke")))
                    .stream()
                    .toList();
        }
        if (outcome.entry().isEmpty()) {
            return List.of(
                    outcome.exit() == ExitCode.HOLDS
                            ? "nothing was saved: an entry expects a level to hold, and none is shown"
                            : "nothing was saved: the run is inconclusive");
        }
        Path target = save;
        Optional<Own> origin = UsageException.at("--save", () -> protocol.own(target, byPath));
        Entry entry = outcome.entry().get().withOwn(origin);
        List<String> lines = new ArrayList<>(List.of("replay     " + own.replay(save)));
        EntryFile.write(
                        save,
                        question.hardware().map(entry::under).orElse(entry),
                        entry.schedule().isPresent() ? outcome.trace() : Optional.empty())
                .ifPresent(lines::add);
        return lines;
    }

    /** Draws the pictures that are asked for; returns lines that say so. */
    private List<String> draw(CheckOutcome outcome, CheckQuestion question) {
        if (!pictures.files().isWanted()) {
            return List.of();
        }
        Optional<Trace> trace = outcome.trace();
        if (trace.isEmpty()) {
            return List.of("no picture was written: no interleaving decided");
        }
        String command = save == null ? "" : question.own().replay(save);
        return pictures.files()
                .write(
                        outcome.protocol(),
                        outcome.machine(),
                        question.hardware(),
                        trace.get(),
                        outcome.verdict().sentence(),
                        command);
    }

    private Result result(CheckOutcome outcome, boolean decides, Asked asked) {
        Optional<Path> saved = Optional.ofNullable(save)
                .filter(file -> decides && outcome.entry().isPresent());
        String reproducer = saved.map(asked.question.own()::replay).orElseGet(() -> Shell.again(asked.reproducer));
        return Results.of(outcome, saved, reproducer);
    }
}
