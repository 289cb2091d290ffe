// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A fuzz session: its targets one after the other, for as long as it was asked to last. Findings are taken up, and minimised, while it fuzzes. All of it but the replays
 * and the minimising happens on one thread.
 */
final class Session {
    private final Options options;
    private final PrintStream out;
    private final SessionClock clock;
    private final Fuzzer.Launcher launcher;
    private final Interruption interruption;
    private final FoundStore store;
    private final Tally tally = new Tally();
    private final Minimising minimising;
    private final Findings findings;
    private final Progress progress;
    private final List<TargetReport> reports = new ArrayList<>();
    private final long start;

    /** What a session is made of besides its options: seams, so that tests need neither processes nor time. */
    record Parts(
            SessionClock clock,
            Fuzzer.Launcher launcher,
            Shrinker shrinker,
            Executor threads,
            Interruption interruption,
            boolean terminal) {}

    Session(Options options, Parts parts, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        clock = parts.clock();
        launcher = parts.launcher();
        interruption = parts.interruption();
        store = new FoundStore(options.folders().found());
        minimising = new Minimising(parts.shrinker(), clock, parts.threads(), options.seconds());
        KnownCauses known = KnownCauses.of(options.folders().known(), KnownCauses::of, tally::note);
        findings = new Findings(store, known, minimising, tally, parts.threads(), out::println);
        progress = new Progress(clock, parts.terminal(), options.seconds());
        start = clock.nanos();
    }

    /** Runs it, and returns the code it ends with and what that means. */
    Ended run() throws IOException, InterruptedException {
        store.clean();
        if (!Files.isDirectory(options.folders().seeds())) {
            tally.note(
                    "there are no seeds in " + Printable.path(options.folders().seeds())
                            + ": a short session may not come to its canaries; name a corpus with "
                            + OptionKey.CORPUS.option());
        }
        long end = start + options.seconds() * Times.SECOND;
        int weights = options.targets().stream().mapToInt(FuzzTarget::weight).sum();
        long startUp = Times.SECOND;
        for (FuzzTarget target : options.targets()) {
            if (isInterrupted()) {
                break;
            }
            // What one target has left over is shared by those after it.
            long left = Math.max(1, (end - clock.nanos()) / Times.SECOND);
            TargetRun run = new TargetRun(
                    this,
                    target,
                    TargetFolders.make(options, target),
                    Math.max(1, left * target.weight() / weights),
                    startUp);
            reports.add(run.report());
            try {
                run.run();
            } catch (IOException e) {
                fault(target.text() + ": what it keeps in "
                        + Printable.path(options.folders().scratch())
                        + " cannot be read or written: " + Printable.thrown(e)
                        + "; what was found lies there, make room or give another folder");
            }
            startUp = run.startUp();
            weights -= target.weight();
        }
        finish();
        return new Summary(options, tally, minimising, store, reports)
                .print(out, clock.nanos() - start, isInterrupted());
    }

    /** The time is over: what a protocol claims does not happen is minimised still. */
    private void finish() throws InterruptedException {
        minimising.onlyClaimed();
        while (!isInterrupted() && minimising.isBusyWithClaimed()) {
            findings.poll();
            clock.pause();
        }
        findings.poll();
    }

    /**
     * Looks what has come, and after the minimising.
     *
     * @param ours whether it has come from a process of this session
     */
    void look(FuzzTarget target, TargetFolders folders, boolean ours) throws IOException, InterruptedException {
        if (target.hasProtocols()) {
            findings.take(folders.mail(), ours);
        }
        findings.poll();
    }

    /** Says how far it is, if it is time for that. */
    void progress(TargetReport report) {
        if (progress.isDue()) {
            out.println(progress.line(report, tally, minimising));
        }
    }

    /** Keeps an input that failed, or leaves it for the next session if it cannot be written. */
    void takeInput(FuzzTarget target, Path input, String problem) {
        String name = target.text() + "+" + input.getFileName();
        Path file = store.folder().resolve(name);
        boolean known = false;
        try {
            known = store.hasInput(target.text(), problem);
            if (!known) {
                store.saveInput(input, name, problem);
            }
            Files.delete(input);
        } catch (IOException e) {
            tally.unsaved(Printable.path(input) + " stays where it is: " + Printable.thrown(e));
            file = input;
        }
        if (target.hasProtocols()) {
            // A violation does not fail this target: what does is a fault of the target, or of the machine.
            fault(target.text() + ": an input made it fail: " + problem + " (seed " + options.seed() + ") → "
                    + Printable.path(file));
        } else if (known) {
            tally.knownInput();
        } else {
            tally.freshInput(name, problem, file);
            out.println("NEW  " + name + ": " + problem + " → " + Printable.path(file));
        }
    }

    void note(String what) {
        tally.note(what);
        out.println(what);
    }

    void fault(String what) {
        tally.fault(what);
    }

    Options options() {
        return options;
    }

    SessionClock clock() {
        return clock;
    }

    Fuzzer.Launcher launcher() {
        return launcher;
    }

    boolean canaryFound() {
        return findings.canary();
    }

    boolean isInterrupted() {
        return interruption.isInterrupted();
    }

    /**
     * How a session ended.
     *
     * @param code its code
     * @param why what that means here
     */
    record Ended(SessionExit code, String why) {}
}
