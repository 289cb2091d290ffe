// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.fuzz.FoundFolder;
import dev.pokecheck.fuzz.engines.EnginesTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a fuzz session: {@code mvn -Pfuzz verify -Dpokecheck.fuzz=10m}. The exit code is 0 if nothing was found that must not be, 1 if something
 * was, 2 if it was asked for what there is not, 3 if the session itself has failed: a process died, a finding does not replay, or a canary was
 * not found.
 */
public final class SessionRunner {
    /** How Jazzer says that an input failed. */
    private static final int FOUND = 77;
    /** How libFuzzer says that an input took too long. */
    private static final int TOO_SLOW = 70;

    private static final long POLL_MILLIS = 200;
    private static final long SECOND = 1_000_000_000L;
    /** How long Jazzer may go on beyond its time before it is ended. */
    private static final long GRACE_SECONDS = 60;

    private final Options options;
    private final PrintStream out;
    private final Findings findings;
    private final List<String> failures = new ArrayList<>();
    private final Interruption interruption = new Interruption();
    private long nextLine;

    SessionRunner(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        findings = new Findings(options.out());
    }

    /** Runs a session as the system properties say. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (!System.getProperty("pokecheck.engines", "").isEmpty()) {
            System.exit(EnginesTable.run(key -> System.getProperty(key, ""), out));
            return;
        }
        Options options;
        try {
            options = Options.of(key -> System.getProperty(key, ""));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(2);
            return;
        }
        SessionRunner runner = new SessionRunner(options, out);
        Thread main = Thread.currentThread();
        // It stays in place to the end: once a shutdown has begun it could not be taken away.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> runner.onShutdown(main), "interrupt"));
        int code = runner.run();
        if (runner.interruption.end()) {
            System.exit(code);
        }
    }

    /** At Ctrl-C: lets the session come to its end early; what was found is kept. At the session's own end: nothing. */
    private void onShutdown(Thread main) {
        if (!interruption.interrupt()) {
            return;
        }
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs it and returns the exit code. */
    int run() throws IOException, InterruptedException {
        int weights = options.targets().stream().mapToInt(FuzzTarget::weight).sum();
        for (FuzzTarget target : options.targets()) {
            if (!interruption.isInterrupted()) {
                fuzz(target, Math.max(1, options.seconds() * target.weight() / weights));
            }
        }
        return sum();
    }

    private void fuzz(FuzzTarget target, long seconds) throws IOException, InterruptedException {
        String name = folder(target);
        Path work = options.scratch().resolve(name);
        Path grown = Files.createDirectories(work.resolve("corpus"));
        Path found = Files.createDirectories(work.resolve("found"));
        Path log = work.resolve("log.txt");
        Files.deleteIfExists(found.resolve(FoundFolder.CANARY));
        take(found, target, Integer.MAX_VALUE);
        List<Path> folders = new ArrayList<>(List.of(grown));
        Path seeds = options.seeds().resolve(target.text());
        // The seeds name a scenario in their first bytes.
        if (options.scenario().isEmpty() && Files.isDirectory(seeds)) {
            folders.add(seeds);
        }
        List<String> arguments = new ArrayList<>(target.arguments());
        arguments.add("-max_total_time=" + seconds);
        arguments.add("-seed=" + options.seed());
        arguments.add("-timeout=60");
        // Peak memory is inherited from this process; the heap has its own limit.
        arguments.add("-rss_limit_mb=0");
        Path artifacts = work.resolve("artifacts");
        long before = files(grown);
        FuzzProcess process = FuzzProcess.start(properties(found), arguments, folders, log, artifacts);
        long start = System.nanoTime();
        while (process.isAlive()) {
            if (interruption.isInterrupted() || System.nanoTime() - start > (seconds + GRACE_SECONDS) * SECOND) {
                process.end();
            }
            // One at a time, so that the figures go on.
            if (!take(found, target, 1)) {
                Thread.sleep(POLL_MILLIS);
            }
            progress(target, process, start, grown, found);
        }
        int code = process.exitCode();
        take(found, target, Integer.MAX_VALUE);
        judge(target, process, code, log, artifacts, Files.exists(found.resolve(FoundFolder.CANARY)));
        summary(target, process, before, files(grown));
        int waiting = Corpus.files(found).size();
        if (waiting > 0) {
            out.println(waiting + " findings wait in " + found + "; the next session minimises them");
        }
    }

    /** Inputs of other protocols or scenarios would mean something else. */
    private String folder(FuzzTarget target) {
        String scenario = options.scenario().replaceAll("[^0-9a-z=]+", "-");
        return Stream.of(target.text(), options.protocol(), scenario)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("+"));
    }

    private List<String> properties(Path found) {
        List<String> properties = new ArrayList<>();
        properties.add("-Dpokecheck.found=" + found);
        properties.add("-Dpokecheck.protocol=" + options.protocol());
        properties.add("-Dpokecheck.scenario=" + options.scenario());
        properties.add("-Dpokecheck.feedback=" + options.feedback());
        properties.add("-Dpokecheck.canary=" + options.canary());
        return properties;
    }

    /** Takes some findings up, and says whether there were any. An interrupted session leaves them where they are, for the next. */
    private boolean take(Path found, FuzzTarget target, int most) throws IOException {
        if (!target.hasProtocols()) {
            return false;
        }
        int taken = 0;
        for (Path file : Corpus.files(found)) {
            if (interruption.isInterrupted() || taken == most) {
                break;
            }
            int kept = findings.kept().size();
            findings.take(file);
            taken++;
            if (findings.kept().size() > kept) {
                out.println("found  " + findings.kept().get(kept));
            }
        }
        return taken > 0;
    }

    private void judge(FuzzTarget target, FuzzProcess process, int code, Path log, Path artifacts, boolean canaryFile)
            throws IOException {
        if (code == FOUND || code == TOO_SLOW) {
            String problem = code == FOUND ? thrown(log) : "an input took more than a minute";
            for (Path input : inputs(artifacts)) {
                findings.keepInput(input, target.text(), problem);
                Files.delete(input);
            }
        } else if (code != 0 && !interruption.isInterrupted()) {
            failures.add(target.text() + ": the fuzzing process ended with exit code " + code + "; see " + log);
        }
        boolean canary = canaryFile || (target.hasProtocols() && findings.canary());
        if (!canary && !interruption.isInterrupted() && code != FOUND) {
            failures.add(target.text() + ": the canary, which is broken on purpose, was not found in "
                    + process.figures().of("runs") + " executions; a session that does not find it tests nothing");
        }
    }

    /** The first line of what an input made the target throw. */
    private static String thrown(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> tail = lines.dropWhile(line -> !line.startsWith("== Java Exception"))
                    .toList();
            return tail.isEmpty() ? "see " + log : tail.get(0).replace("== Java Exception: ", "");
        }
    }

    private static List<Path> inputs(Path artifacts) throws IOException {
        try (Stream<Path> files = Files.list(artifacts)) {
            return files.filter(file -> !file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private void progress(FuzzTarget target, FuzzProcess process, long start, Path grown, Path found)
            throws IOException {
        long elapsed = System.nanoTime() - start;
        if (System.nanoTime() < nextLine && nextLine != 0) {
            return;
        }
        nextLine = System.nanoTime() + Math.max(2, Math.min(30, options.seconds() / 20)) * SECOND;
        out.println(
                line(target, process, elapsed, files(grown), Corpus.files(found).size()));
    }

    private String line(FuzzTarget target, FuzzProcess process, long elapsed, long corpus, int waiting) {
        long seconds = elapsed / SECOND;
        String clock = String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        Figures.Snapshot figures = process.figures();
        return String.format(
                Locale.ROOT,
                "%s  %s  %d executions, %.0f/s  %d abstract states  corpus %d  findings %d%s",
                clock,
                target.text(),
                figures.of("runs"),
                figures.of("runs") * 1e9 / Math.max(1, figures.of("nanos")),
                figures.of("states"),
                corpus,
                findings.kept().size() + findings.promises().size(),
                waiting == 0 ? "" : " (" + waiting + " to be minimised)");
    }

    private void summary(FuzzTarget target, FuzzProcess process, long before, long after) {
        Figures.Snapshot figures = process.figures();
        double nanos = Math.max(1, figures.of("nanos"));
        double processor = Math.max(1, figures.of("cpu"));
        out.println(String.format(
                Locale.ROOT,
                "%s: %d executions, %.0f a second; corpus %d -> %d inputs",
                target.text(),
                figures.of("runs"),
                figures.of("runs") * 1e9 / nanos,
                before,
                after));
        if (target.hasProtocols()) {
            long complete = figures.of("complete");
            out.println(String.format(
                    Locale.ROOT,
                    "  %d complete schedules, %.0f a second, %.0f a second of processor time; %d ended in a violation, %d were cut off",
                    complete,
                    complete * 1e9 / nanos,
                    complete * 1e9 / processor,
                    figures.of("violating"),
                    figures.of("cut")));
            double walk = figures.of("walk") / nanos;
            double inside = figures.of("target") / nanos;
            out.println(String.format(
                    Locale.ROOT,
                    "  %.0f %% of the time outside the machine: %.0f %% building machines, feedback and findings, %.0f %% the fuzzer",
                    100 * (1 - walk),
                    100 * (inside - walk),
                    100 * (1 - inside)));
        }
    }

    private int sum() {
        out.println(findings.kept().size() + " new findings in " + options.out() + ", " + findings.duplicates()
                + " of known symptoms" + (interruption.isInterrupted() ? "; the session was interrupted" : ""));
        findings.promises().forEach(problem -> out.println("FOUND   " + problem));
        failures.addAll(findings.broken());
        failures.forEach(problem -> out.println("FAILED  " + problem));
        if (!failures.isEmpty()) {
            return 3;
        }
        return findings.promises().isEmpty() ? 0 : 1;
    }
}
