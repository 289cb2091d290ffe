// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.OwnProtocol;
import dev.pokecheck.cli.option.PictureOptions;
import dev.pokecheck.cli.option.ReportOptions;
import dev.pokecheck.cli.print.Head;
import dev.pokecheck.cli.print.Results;
import dev.pokecheck.cli.print.TextFile;
import dev.pokecheck.cli.run.EntryRun;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.SourceBeside;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Console;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Protocol;
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
public final class ReplayCommand implements Callable<Integer> {
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

    @Option(
            names = "--migrate",
            description = {
                "Replay nothing: where a fingerprint is of the old kind (eight digits, of the listing that show once printed) and that listing is still"
                        + " the same, which proves that the protocol is, replace it by one of the present kind.",
                "Entries whose listing is another stay as they are, and the exit code is 5."
            })
    private boolean migrate;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PictureOptions pictures;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportOptions reports;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    /** An entry that is to be replayed. */
    private record Loaded(Path file, Entry entry, CatalogEntry protocol, Machine machine) {}

    private final List<Result> results = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        validate();
        List<Loaded> entries = new ArrayList<>();
        for (Path file : files) {
            Entry entry = Corpus.read(file);
            CatalogEntry protocol = own.find(file, entry);
            entries.add(new Loaded(file, entry, protocol, own.machine(file, entry, protocol)));
        }
        ExitCode worst = ExitCode.HOLDS;
        for (Loaded entry : entries) {
            worst = worst.worse(migrate ? migrate(entry) : promote ? promote(entry) : replay(entry));
            out().flush();
        }
        if (!promote && !migrate) {
            reports.write(spec, worst, results);
        }
        return worst.number();
    }

    /** Rejects incompatible options before anything is replayed. */
    private void validate() {
        reports.validate(pictures.files().targets());
        if (promote && migrate) {
            throw new UsageException("--promote, --migrate: migrate first, then promote what is left");
        }
        if ((promote || migrate) && reports.files().isWanted()) {
            throw new UsageException(
                    (promote ? "--promote" : "--migrate") + ": writes entries and no report; replay them afterwards");
        }
        if (pictures.files().isWanted() && files.size() > 1) {
            throw new UsageException("--html, --svg: one picture shows one entry; replay them one by one");
        }
    }

    private PrintWriter out() {
        return reports.console(spec);
    }

    private EntryRun run(Entry entry, Machine machine) {
        ProgressLine progress = Console.of(spec).progress(quiet);
        EntryRun run = EntryRun.of(entry, machine, progress.search(""));
        progress.clear();
        return run;
    }

    private ExitCode replay(Loaded it) throws IOException {
        PrintWriter out = out();
        if (!quiet) {
            Head.lines(it.protocol, it.machine, it.entry.hardware()).forEach(out::println);
            Head.notModelled(it.machine).forEach(out::println);
            SourceBeside.change(it.file, it.entry, it.machine).ifPresent(change -> out.println("note       " + change));
            out.flush();
        }
        long start = System.nanoTime();
        EntryRun run = run(it.entry, it.machine);
        double seconds = (System.nanoTime() - start) / 1e9;
        draw(it, run);
        if (!quiet) {
            run.timeline().ifPresent(timeline -> out.println("\n" + timeline));
        }
        out.println(it.file + ": " + run.message()
                + (run.outcome() == Outcome.CHANGED ? "; " + remedy(it.file) : note(it)) + ".");
        Optional<String> difference =
                expected && run.asExpected() && run.timeline().isPresent()
                        ? difference(it.file, run.timeline().get())
                        : Optional.empty();
        difference.ifPresent(out::println);
        if (reports.files().isWanted()) {
            results.add(Results.of(
                    it.file, it.entry, it.machine.protocol(), run, own.replay(it.file), expected, difference, seconds));
        }
        return code(it.entry, run, difference.isPresent());
    }

    private void draw(Loaded it, EntryRun run) {
        if (pictures.files().isWanted()) {
            Trace trace = run.trace()
                    .orElseThrow(() -> new UsageException(
                            it.file + " has no schedule that could be shown; leave out --html and --svg"));
            pictures.files()
                    .write(it.protocol, it.machine, it.entry.hardware(), trace, run.message(), own.replay(it.file));
        }
    }

    private ExitCode code(Entry entry, EntryRun run, boolean differs) {
        if (!run.asExpected()) {
            return run.code();
        }
        if (!expected) {
            return entry.expectation() instanceof Expectation.Violated ? ExitCode.VIOLATED : ExitCode.HOLDS;
        }
        return differs ? ExitCode.DIVERGED : ExitCode.HOLDS;
    }

    private String note(Loaded it) {
        return Fingerprint.note(it.entry)
                .map(note -> "; " + note + "; renew it: " + own.again("replay", "--migrate", it.file.toString()))
                .orElse("");
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
    private ExitCode promote(Loaded it) throws IOException {
        PrintWriter out = out();
        Path file = it.file;
        String fingerprint = Fingerprint.of(it.machine.protocol());
        EntryRun run = run(it.entry.withFingerprint(fingerprint), it.machine);
        if (!run.asExpected()) {
            out.println(file + ": NOT PROMOTED: " + run.message()
                    + "; an entry that has lost its meaning is made again with check --save, or removed.");
            return run.code();
        }
        TextFile.probe("--promote", file);
        TextFile.probe("--promote", Corpus.timeline(file));
        List<String> written = Corpus.refresh(file, fingerprint, run.timeline());
        out.println(
                file + ": " + (written.isEmpty() ? "is up to date" : "PROMOTED: " + String.join(", ", written)) + ".");
        return ExitCode.HOLDS;
    }

    /** Proves by a fingerprint of the old kind that the protocol is still the one of the entry, and writes one of the present kind. */
    private ExitCode migrate(Loaded it) throws IOException {
        Protocol protocol = it.machine.protocol();
        Optional<String> old = it.entry.fingerprint().filter(Fingerprint::isOld);
        Optional<String> change = Fingerprint.change(it.entry, protocol);
        if (old.isEmpty()) {
            out().println(it.file + ": has no fingerprint of the old kind.");
            return ExitCode.HOLDS;
        }
        if (change.isPresent()) {
            out().println(it.file + ": NOT MIGRATED: " + change.get() + "; " + remedy(it.file) + ".");
            return ExitCode.DIVERGED;
        }
        String now = Fingerprint.of(protocol);
        Corpus.refresh(it.file, now, Optional.empty());
        out().println(it.file + ": MIGRATED: fingerprint " + old.get() + " is that of the listing; now " + now + ".");
        return ExitCode.HOLDS;
    }
}
