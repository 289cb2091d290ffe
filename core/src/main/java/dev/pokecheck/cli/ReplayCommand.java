// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.explore.Check;
import dev.pokecheck.explore.CheckOptions;
import dev.pokecheck.explore.StuckState;
import dev.pokecheck.explore.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays entries of the corpus. */
@Command(
        name = "replay",
        description = {
            "Replays entries of the corpus, step by step as they name them, and shows what happens.",
            "An entry without a schedule expects that a level holds: then everything is searched.",
            "The exit code is that of the verdict: 1 if a violation is reproduced, 5 if the replay diverges or shows"
                    + " something else than the file expects."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Entries of the corpus (.poke).")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--expected",
            description =
                    "For CI: exit with 0 if every entry does what it expects, whether that is to hold or to fail.")
    private boolean expected;

    @Option(names = "--quiet", description = "One line an entry, no interleavings.")
    private boolean quiet;

    @Override
    public Integer call() {
        List<Entry> entries = new ArrayList<>();
        List<Machine> machines = new ArrayList<>();
        for (Path file : files) {
            Entry entry = Corpus.read(file);
            entries.add(entry);
            machines.add(machine(file, entry));
        }
        ExitCode worst = ExitCode.HOLDS;
        for (int i = 0; i < entries.size(); i++) {
            worst = worst.worse(replay(files.get(i), entries.get(i), machines.get(i)));
        }
        return worst.number();
    }

    /** The machine of an entry: it watches for what the entry speaks of, and merges nothing if there is a schedule. */
    static Machine machine(Path file, Entry entry) {
        try {
            CatalogEntry protocol = Protocols.find(entry.protocol());
            return Runs.machine(
                    protocol,
                    entry.scenario()
                            .with(b -> b.watch(entry.expectation().level().watch())
                                    .reduce(entry.schedule().isEmpty())));
        } catch (UsageException e) {
            throw new CorpusException(file.toString(), 0, String.valueOf(e.getMessage()));
        }
    }

    private ExitCode replay(Path file, Entry entry, Machine machine) {
        PrintWriter out = spec.commandLine().getOut();
        if (!quiet) {
            Head.lines(Protocols.find(entry.protocol()), machine).forEach(out::println);
        }
        ExitCode code = entry.schedule().isPresent() ? schedule(file, entry, machine) : search(file, entry, machine);
        out.flush();
        return code;
    }

    private ExitCode schedule(Path file, Entry entry, Machine machine) {
        PrintWriter out = spec.commandLine().getOut();
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        if (!quiet) {
            out.println();
            out.print(TextTimeline.of(Tracer.run(machine, replay.actions())));
            out.println();
        }
        String outcome = switch (result.outcome()) {
            case REPRODUCED -> "REPRODUCED: ";
            case DIVERGED -> "DIVERGED: ";
            case OTHER -> "NOT REPRODUCED: ";
        };
        out.println(file + ": " + outcome + result.message() + ".");
        if (result.outcome() != Outcome.REPRODUCED) {
            return ExitCode.DIVERGED;
        }
        return entry.expectation() instanceof Expectation.Violated && !expected ? ExitCode.VIOLATED : ExitCode.HOLDS;
    }

    private ExitCode search(Path file, Entry entry, Machine machine) {
        CheckOptions options =
                CheckOptions.defaults().require(entry.expectation().level());
        Verdict verdict = Check.search(
                machine,
                options.search(options.search()
                        .progress(new Progress(spec.commandLine().getErr()))));
        spec.commandLine().getOut().println(file + ": " + verdict.sentence() + ".");
        ExitCode code = ExitCode.of(verdict.kind());
        return code == ExitCode.VIOLATED ? ExitCode.DIVERGED : code;
    }
}
