// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.OwnProtocol;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.print.EntryFile;
import dev.pokecheck.cli.print.Head;
import dev.pokecheck.cli.print.MinimizedPrinter;
import dev.pokecheck.cli.print.TextFile;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.Minimizing;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.io.PrintWriter;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Minimises an entry of the corpus. */
@Command(
        name = "minimize",
        description = {
            "Makes the schedule of an entry of the corpus small, and its scenario, with the same violation: the same"
                    + " incident in the same stack of contexts and the same phase of the patching, or the same deadlock.",
            "Then says which two steps decide by their order, or what which fetch sees.",
            "The exit code is 1 if the violation was minimised, and 5 if the entry does not reproduce."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class MinimizeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An entry of the corpus (.poke) with a schedule that violates.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--keep-scenario", description = "Change the schedule only.")
    private boolean keepScenario;

    @Option(
            names = "--any-phase",
            description = "Take a violation in another phase of the patching for the same: shorter, and perhaps another"
                    + " fault.")
    private boolean anyPhase;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save the minimised entry, with the comments of this one quoted.")
    private @Nullable Path save;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Entry entry = Corpus.read(file);
        if (!(entry.expectation() instanceof Expectation.Violated violated)
                || entry.schedule().isEmpty()) {
            throw new UsageException(file + ": the entry has no schedule that violates something; only such can be"
                    + " minimised. 'check --save' writes one");
        }
        if (save != null) {
            TextFile.probe("--save", save);
        }
        CatalogEntry protocol = own.find(file, entry);
        Machine machine = own.machine(file, entry, protocol);
        if (!quiet.isQuiet()) {
            Head.lines(protocol, machine, entry.hardware()).forEach(out::println);
        }
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        if (result.outcome() != Outcome.REPRODUCED) {
            out.println(file + ": not minimised: " + result.message() + ".");
            return ExitCode.DIVERGED.number();
        }
        ProgressLine progress = quiet.progress(spec);
        Minimizer minimizer =
                Minimizing.of(protocol, progress).keepScenario(keepScenario).keepPhase(!anyPhase);
        Minimized minimized = minimizer
                .minimize(machine, replay.actions(), violated.property())
                .orElseThrow(() -> new IllegalStateException("what was just replayed does not violate any more"));
        progress.clear();
        if (!quiet.isQuiet()) {
            MinimizedPrinter.print(out, minimized);
        }
        List<String> saved = save(entry, minimized);
        if (!quiet.isQuiet()) {
            saved.forEach(out::println);
        }
        out.println(file + ": " + violated.text() + done(minimized));
        return ExitCode.VIOLATED.number();
    }

    private static String done(Minimized minimized) {
        int before = minimized.before().steps();
        return before == 0
                ? " before the first step: there is nothing to minimise."
                : ", minimised from " + before + " to " + minimized.after().steps() + " steps.";
    }

    /** What is known of the smaller entry, and, as a quotation, what was said of the one before: that may hold no more. */
    private static List<String> comments(Entry entry, Minimized minimized) {
        List<String> comments = new ArrayList<>();
        comments.add(entry.expectation().text() + " after " + minimized.after().steps() + " steps, minimised from "
                + minimized.before().steps() + ".");
        if (!entry.comments().isEmpty()) {
            comments.add("Of the entry before it was minimised, its comment says:");
            entry.comments().forEach(comment -> comments.add("> " + comment));
        }
        return comments;
    }

    /** Saves if asked to; returns lines that say how to replay it. */
    private List<String> save(Entry entry, Minimized minimized) {
        if (save == null) {
            return List.of();
        }
        Entry smaller = new Entry(
                comments(entry, minimized),
                entry.protocol(),
                minimized.scenario(),
                minimized.loop().isPresent()
                        ? Expectation.Violated.livelock(minimized.loop().getAsInt())
                        : entry.expectation(),
                Optional.of(Fingerprint.of(minimized.machine().protocol())),
                Optional.of(minimized.steps()));
        Path target = save;
        Entry carried = smaller.withOwn(own.origin(target, file, entry));
        Trace trace = Tracer.of(minimized.machine(), minimized.schedule(), minimized.loop());
        List<String> lines = new ArrayList<>(List.of("replay     " + own.replay(save)));
        EntryFile.write(target, entry.hardware().map(carried::under).orElse(carried), Optional.of(trace))
                .ifPresent(lines::add);
        return lines;
    }
}
