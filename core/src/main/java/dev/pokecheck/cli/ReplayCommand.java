// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.report.Result;
import dev.pokecheck.trace.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "An entry whose protocol has changed since it was written never passes, until it is promoted.",
            "The exit code is that of the verdict: 1 if a violation is reproduced, 5 if the replay diverges, shows"
                    + " something else than the file expects, or the protocol has changed."
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
                    "For CI: exit with 0 if every entry does what it expects, whether that is to hold or to fail, and its timeline"
                            + " is the one beside it (FILE.txt), if there is one.")
    private boolean expected;

    @Option(names = "--quiet", description = "One line an entry, no interleavings.")
    private boolean quiet;

    @Option(
            names = "--promote",
            description = {
                "Where an entry does what it expects, write the fingerprint of the present protocol into it, and its timeline"
                        + " beside it. All other entries stay as they are, and the exit code is 5.",
                "Read the differences before you commit them."
            })
    private boolean promote;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Pictures pictures;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportFiles reports;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    private final List<Result> results = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        reports.validate();
        if (promote && reports.isWanted()) {
            throw new UsageException("--promote: writes entries and no report; replay them afterwards");
        }
        if (pictures.any() && files.size() > 1) {
            throw new UsageException("--html, --svg: one picture shows one entry; replay them one by one");
        }
        List<Entry> entries = new ArrayList<>();
        List<Machine> machines = new ArrayList<>();
        for (Path file : files) {
            Entry entry = Corpus.read(file);
            entries.add(entry);
            machines.add(machine(file, entry, own));
        }
        ExitCode worst = ExitCode.HOLDS;
        for (int i = 0; i < entries.size(); i++) {
            Path file = files.get(i);
            Entry entry = entries.get(i);
            Machine machine = machines.get(i);
            worst = worst.worse(promote ? promote(file, entry, machine) : replay(file, entry, machine));
            out().flush();
        }
        if (!promote) {
            reports.write(spec, worst, results);
        }
        return worst.number();
    }

    /** The machine of an entry: it watches for what the entry speaks of, and merges nothing if there is a schedule. */
    static Machine machine(Path file, Entry entry) {
        return machine(file, entry, new OwnProtocol());
    }

    private static Machine machine(Path file, Entry entry, OwnProtocol own) {
        try {
            CatalogEntry protocol = own.find(entry.protocol());
            return Runs.machine(
                    protocol,
                    entry.scenario()
                            .with(b -> b.watch(entry.expectation().level().watch())
                                    .reduce(entry.schedule().isEmpty())));
        } catch (UsageException e) {
            throw new CorpusException(file.toString(), 0, String.valueOf(e.getMessage()));
        }
    }

    private PrintWriter out() {
        return reports.console(spec);
    }

    private EntryRun run(Entry entry, Machine machine) {
        Progress progress = Main.of(spec).progress(spec.commandLine().getErr(), quiet);
        EntryRun run = EntryRun.of(entry, machine, progress.search(""));
        progress.clear();
        return run;
    }

    private ExitCode replay(Path file, Entry entry, Machine machine) throws IOException {
        PrintWriter out = out();
        if (!quiet) {
            Head.lines(own.find(entry.protocol()), machine).forEach(out::println);
            out.flush();
        }
        long start = System.nanoTime();
        EntryRun run = run(entry, machine);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (pictures.any()) {
            Trace trace = run.trace()
                    .orElseThrow(() -> new UsageException(
                            file + " has no schedule that could be shown; leave out --html and --svg"));
            pictures.write(own.find(entry.protocol()), machine, trace, run.message(), own.replay(file));
        }
        if (!quiet) {
            run.timeline().ifPresent(timeline -> out.println("\n" + timeline));
        }
        out.println(file + ": " + run.message() + (run.outcome() == Outcome.CHANGED ? "; " + remedy(file) : "") + ".");
        Optional<String> difference =
                expected && run.asExpected() && run.timeline().isPresent()
                        ? difference(file, run.timeline().get())
                        : Optional.empty();
        difference.ifPresent(out::println);
        if (reports.isWanted()) {
            results.add(Results.of(file, entry, run, own.replay(file), expected, difference, seconds));
        }
        if (!run.asExpected()) {
            return run.code();
        }
        if (!expected) {
            return entry.expectation() instanceof Expectation.Violated ? ExitCode.VIOLATED : ExitCode.HOLDS;
        }
        return difference.isPresent() ? ExitCode.DIVERGED : ExitCode.HOLDS;
    }

    private String remedy(Path file) {
        return "check that this is still what its comment says, then refresh it: "
                + own.again("replay", "--promote", file.toString());
    }

    /** In which line a replay differs from the timeline beside its entry, if there is one. */
    private Optional<String> difference(Path file, String timeline) throws IOException {
        Optional<String> expected = Corpus.expectedTimeline(file);
        if (expected.isEmpty() || expected.get().equals(timeline)) {
            return Optional.empty();
        }
        List<String> then = expected.get().lines().toList();
        List<String> now = timeline.lines().toList();
        int line = 0;
        while (line < then.size() && line < now.size() && then.get(line).equals(now.get(line))) {
            line++;
        }
        return Optional.of(
                Corpus.timeline(file) + ": is not what happens now, from line " + (line + 1) + " on: expected \""
                        + line(then, line) + "\", but it is \"" + line(now, line) + "\"; if that is right, "
                        + own.again("replay", "--promote", file.toString()) + ".");
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    /** Makes an entry that does what it expects one of the present protocol. */
    private ExitCode promote(Path file, Entry entry, Machine machine) throws IOException {
        PrintWriter out = out();
        String fingerprint = Fingerprint.of(machine.protocol());
        EntryRun run = run(entry.withFingerprint(fingerprint), machine);
        if (!run.asExpected()) {
            out.println(file + ": NOT PROMOTED: " + run.message()
                    + "; an entry that has lost its meaning is made again with check --save, or removed.");
            return run.code();
        }
        List<String> written = Corpus.refresh(file, fingerprint, run.timeline());
        out.println(
                file + ": " + (written.isEmpty() ? "is up to date" : "PROMOTED: " + String.join(", ", written)) + ".");
        return ExitCode.HOLDS;
    }
}
