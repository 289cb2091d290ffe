// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.minimize.Pass;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
final class MinimizeCommand implements Callable<Integer> {
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
    private Quiet quiet;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save the minimised entry, with the comments of this one.")
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
        Machine machine = ReplayCommand.machine(file, entry);
        CatalogEntry protocol = Protocols.find(entry.protocol());
        if (!quiet.isQuiet()) {
            Head.lines(protocol, machine).forEach(out::println);
        }
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        if (result.outcome() != Outcome.REPRODUCED) {
            out.println(file + ": not minimised: " + result.message() + ".");
            return ExitCode.DIVERGED.number();
        }
        Progress progress = quiet.progress(spec);
        Minimizer minimizer =
                Minimizing.of(protocol, progress).keepScenario(keepScenario).keepPhase(!anyPhase);
        Minimized minimized = minimizer
                .minimize(machine, replay.actions(), violated.property())
                .orElseThrow(() -> new IllegalStateException("what was just replayed does not violate any more"));
        progress.clear();
        if (!quiet.isQuiet()) {
            print(out, minimized);
        }
        save(entry, minimized).filter(line -> !quiet.isQuiet()).ifPresent(out::println);
        out.println(file + ": " + violated.text() + ", minimised from "
                + minimized.before().steps() + " to " + minimized.after().steps() + " steps.");
        return ExitCode.VIOLATED.number();
    }

    private static void print(PrintWriter out, Minimized minimized) {
        out.println("violation  " + minimized.symptom().text());
        out.println("before     " + minimized.before().text());
        for (Pass pass : minimized.passes()) {
            out.println(String.format(
                    "%-10s %d tried, %d accepted, %d steps gone",
                    pass.name(), pass.attempts(), pass.successes(), pass.stepsGone()));
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

    /** Saves if asked to; returns how to replay it. */
    private Optional<String> save(Entry entry, Minimized minimized) {
        if (save == null) {
            return Optional.empty();
        }
        Entry smaller = new Entry(
                entry.comments(),
                entry.protocol(),
                minimized.scenario(),
                minimized.loop().isPresent()
                        ? Expectation.Violated.livelock(minimized.loop().getAsInt())
                        : entry.expectation(),
                Optional.of(Fingerprint.of(minimized.machine().protocol())),
                Optional.of(minimized.steps()));
        try {
            Corpus.write(save, smaller);
        } catch (IOException e) {
            throw new UsageException("--save: " + save + " cannot be written: " + e.getMessage());
        }
        return Optional.of("replay     java -jar pokecheck.jar replay " + save);
    }
}
