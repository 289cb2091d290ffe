// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.report.Result;
import dev.pokecheck.trace.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a protocol in a scenario. */
@Command(
        name = "check",
        description = "Searches every interleaving of a protocol in a scenario, and says what that has shown.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "0..1",
            description = "A protocol as 'list' names it: NAME or NAME@VARIANT. Left out with --resume only.")
    private @Nullable String protocol;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SearchFlags search;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportFiles reports;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save the violation, or that the level holds, as an entry of the corpus (.poke).")
    private @Nullable Path save;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Pictures pictures;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CheckpointOptions checkpoints;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    /** The words that ask for the same again. */
    private final List<String> again = new ArrayList<>();

    @Override
    public Integer call() {
        CheckpointReader former = checkpoints.resume() == null ? null : new CheckpointReader(checkpoints.resume());
        CheckpointHead saved = former == null ? null : CheckpointHead.readFrom(former);
        List<String> words = SavedCommand.words(spec);
        if (protocol == null && saved != null) {
            words = SavedCommand.merged(saved.words(), words);
            adopt(SavedCommand.parse(new CheckCommand(), words));
            again.add(spec.name());
            again.addAll(words);
        } else {
            again.addAll(ReportFiles.arguments(spec));
        }
        if (protocol == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PROTOCOL'");
        }
        search.validate();
        reports.validate();
        CatalogEntry entry = own.find(protocol);
        List<SiteChoice> choices = sites.choices(scenario);
        List<Machine> machines = choices.stream()
                .map(choice -> Runs.machine(
                        entry,
                        scenario.scenario(
                                sites.cpus(), choice.sites(), search.watched().watch())))
                .toList();
        Progress progress = quiet.progress(spec);
        Checkpointing saving = null;
        if (checkpoints.file() != null) {
            SavedCommand.expectOne(machines.size(), search.isSampled());
            CheckpointHead head = SavedCommand.head(entry, machines.get(0), search, words);
            if (saved != null
                    && SavedCommand.isChanged(saved, head, spec.commandLine().getErr())) {
                return ExitCode.DIVERGED.number();
            }
            saving =
                    checkpoints.begin(head, former, progress, spec.commandLine().getErr());
        }
        PrintWriter result = reports.console(spec);
        boolean toErr = result == spec.commandLine().getErr();
        PrintWriter out = quiet.isQuiet() ? new PrintWriter(Writer.nullWriter()) : result;
        Head.lines(entry, machines.get(0)).forEach(out::println);
        search.describe().forEach(out::println);
        out.flush();
        Runs runs = new Runs(search, progress, saving);
        if (machines.size() > 1) {
            progress.expect(machines.size(), "shapes");
        }
        List<Run> made = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            made.add(runs.make(choices.get(i), entry, machines.get(i)));
        }
        progress.clear();
        if (saving != null) {
            saving.cost().ifPresent(progress::tellAtEnd);
        }
        Run worst = worst(made);
        new Findings(out).print(worst);
        if (made.size() > 1) {
            summary(out, made);
        }
        save(worst).ifPresent(out::println);
        draw(worst, out);
        reports.write(
                spec, exit(worst), made.stream().map(run -> result(run, worst)).toList());
        if (saving != null && !saving.isOver()) {
            saving.hint().ifPresent(out::println);
        }
        if (!quiet.isQuiet() || !toErr) {
            String sentence = sentence(made, worst) + ".";
            result.println(Main.of(spec).screen().verdict(sentence, toErr));
        }
        result.flush();
        if (saving != null && saving.isOver()) {
            saving.remove();
        }
        return exit(worst).number();
    }

    /** Searches what another command has asked for. */
    private void adopt(CheckCommand other) {
        protocol = other.protocol;
        own = other.own;
        sites = other.sites;
        scenario = other.scenario;
        search = other.search;
    }

    private static ExitCode exit(Run run) {
        return ExitCode.of(run.verdict().kind());
    }

    /** The first run with the worst exit code. */
    private static Run worst(List<Run> runs) {
        Run worst = runs.get(0);
        for (Run run : runs) {
            if (exit(run).compareTo(exit(worst)) > 0) {
                worst = run;
            }
        }
        return worst;
    }

    private static void summary(PrintWriter out, List<Run> runs) {
        out.println();
        out.println("rows  first row of the shape, and its verdict");
        for (Run run : runs) {
            out.println(
                    String.format("%4d  %s", run.choice().rows(), run.choice().name()));
            out.println("      " + run.verdict().sentence());
        }
        out.println();
    }

    private static String sentence(List<Run> runs, Run worst) {
        if (runs.size() == 1) {
            return worst.verdict().sentence();
        }
        int rows = runs.stream().mapToInt(run -> run.choice().rows()).sum();
        long alike = runs.stream()
                .filter(run -> run.verdict().kind() == worst.verdict().kind())
                .count();
        return rows + " rows of " + runs.size() + " shapes; " + alike + " shapes as the first of them, "
                + worst.choice().name() + ": " + worst.verdict().sentence();
    }

    /** Saves the run if asked to and if it showed something; returns how to replay it. */
    private Optional<String> save(Run run) {
        Optional<Entry> entry = entry(run);
        if (save == null) {
            return entry.filter(it -> it.schedule().isPresent())
                    .map(
                            it ->
                                    "replay     repeat this command with --save FILE.poke, then: java -jar pokecheck.jar replay FILE.poke");
        }
        if (entry.isEmpty()) {
            return Optional.of("nothing was saved: the run is inconclusive");
        }
        try {
            Corpus.write(save, entry.get());
        } catch (IOException e) {
            throw new UsageException("--save: " + save + " cannot be written: " + e.getMessage());
        }
        return Optional.of("replay     " + own.replay(save));
    }

    private void draw(Run run, PrintWriter out) {
        Optional<Trace> trace = run.trace();
        if (trace.isEmpty()) {
            if (pictures.any()) {
                out.println("no picture was written: no interleaving decided");
            }
            return;
        }
        String command = save == null ? "" : own.replay(save);
        pictures.write(run.entry(), run.machine(), trace.get(), run.verdict().sentence(), command)
                .forEach(out::println);
    }

    private static Optional<Entry> entry(Run run) {
        Optional<Expectation> expectation = Optional.empty();
        Optional<List<String>> schedule = Optional.empty();
        if (run.verdict().kind() == Kind.VIOLATED) {
            expectation = run.verdict().violation().map(CheckCommand::violated);
            schedule = Optional.of(run.steps());
        } else if (run.verdict().kind() == Kind.HOLDS) {
            expectation = run.verdict().level().map(Expectation.Holds::new);
        }
        Machine machine = run.machine();
        Optional<List<String>> steps = schedule;
        return expectation.map(expected -> new Entry(
                List.of(run.verdict().sentence() + "."),
                run.entry().fullName(),
                machine.scenario(),
                expected,
                Optional.of(Fingerprint.of(machine.protocol())),
                steps));
    }

    private static Expectation violated(Violation violation) {
        return new Expectation.Violated(
                violation.property(), violation.finding().loopStart());
    }

    private Result result(Run run, Run worst) {
        Optional<Path> saved = Optional.ofNullable(save)
                .filter(file -> run.equals(worst) && entry(run).isPresent());
        return Results.of(run, saved, saved.map(own::replay).orElseGet(() -> Shell.again(again)));
    }
}
