// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.FoundFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fuzzes one target for its share of the time. A process that dies is started again for the time that is left, a few times; so is one that an input has ended. A process
 * that does not end at its time is ended.
 */
final class TargetRun {
    /** How often a process is started again for one target. */
    static final int RESTARTS = 5;
    /** How long a process may go on beyond its time before it is asked to end. */
    static final long GRACE_SECONDS = 3;
    /** The same of one that has not found its canary yet: it may still be reading its corpus, for which the fuzzer has no limit. */
    static final long CANARY_GRACE_SECONDS = 60;

    /** How long one that was asked may take before it is killed. */
    private static final long KILL_SECONDS = 5;
    /** What a process that has so little time left would find is not worth its start. */
    private static final long LEAST_SECONDS = 2;
    /** How Jazzer says that an input failed. */
    private static final int FAILED = 77;
    /** How libFuzzer says that an input took too long. */
    private static final int TOO_SLOW = 70;
    /** How Jazzer begins the line that says what an input made the target throw. */
    private static final String THROWN = "== Java Exception:";
    /** What a shell adds to the number of the signal that ended a process. */
    private static final int SIGNAL = 128;

    private final Session session;
    private final FuzzTarget target;
    private final TargetFolders folders;
    private final TargetReport report;
    private final long start;
    private final long end;
    /** How long the processes before took to start; that is part of the time, and not of the fuzzer's. */
    private long startUp;

    /** Whether the present process was asked to end; then it does not matter how it does. */
    private boolean askedToEnd;

    /** Whether an input has failed; what was to come after it was not looked at then. */
    private boolean inputFailed;
    /** Whether it was given up before its time was over. */
    private boolean stopped;

    TargetRun(Session session, FuzzTarget target, TargetFolders folders, long seconds, long startUp) {
        this.session = session;
        this.target = target;
        this.folders = folders;
        this.startUp = startUp;
        report = new TargetReport(target);
        start = session.clock().nanos();
        end = start + seconds * Times.SECOND;
    }

    /** What there is to say of it, also while it runs. */
    TargetReport report() {
        return report;
    }

    /** How long a process takes to start, in nanoseconds. */
    long startUp() {
        return startUp;
    }

    /** Fuzzes. */
    void run() throws IOException, InterruptedException {
        Files.deleteIfExists(folders.mail().resolve(FoundFolder.CANARY));
        long before = folders.inputs();
        report.inputs(before, before);
        takeInputsOfBefore();
        session.look(target, folders, false);
        for (int number = 1; ; number++) {
            long began = session.clock().nanos();
            long until = number > 1 && seeksCanary(began) ? end + CANARY_GRACE_SECONDS * Times.SECOND : end;
            long seconds = Math.max(1, (until - began - startUp) / Times.SECOND);
            Fuzzer fuzzer = session.launcher().launch(target, folders, number, seconds);
            watch(fuzzer, began);
            int code = fuzzer.exitCode();
            report.figures().now((began - start) / 1_000_000, fuzzer.figures());
            report.figures().end();
            session.look(target, folders, true);
            report.inputs(before, folders.inputs());
            if (isDone(code, number, began, seconds)) {
                break;
            }
        }
        judgeCanary();
    }

    /** Looks after the session while a process runs. */
    private void watch(Fuzzer fuzzer, long began) throws IOException, InterruptedException {
        askedToEnd = false;
        long asked = 0;
        while (fuzzer.isAlive()) {
            long now = session.clock().nanos();
            long grace = canaryFound() ? GRACE_SECONDS : CANARY_GRACE_SECONDS;
            if (!askedToEnd && (session.isInterrupted() || now > end + grace * Times.SECOND)) {
                askedToEnd = true;
                asked = now;
                fuzzer.end();
            } else if (askedToEnd && now - asked > KILL_SECONDS * Times.SECOND) {
                fuzzer.kill();
            }
            report.figures().now((began - start) / 1_000_000, fuzzer.figures());
            session.look(target, folders, true);
            session.progress(report);
            session.clock().pause();
        }
    }

    /** What the end of a process means, and whether it was the last. */
    private boolean isDone(int code, int number, long began, long seconds) throws IOException, InterruptedException {
        long now = session.clock().nanos();
        if (code == 0 && !askedToEnd && end - now < LEAST_SECONDS * Times.SECOND + startUp) {
            startUp = Math.max(0, now - began - seconds * Times.SECOND);
            return !seeksCanary(now);
        }
        if (!askedToEnd) {
            // Ctrl-C reaches all processes of a terminal at once, and perhaps this one a moment later.
            session.clock().pause();
        }
        if (askedToEnd || session.isInterrupted()) {
            dropInputs();
            return true;
        }
        Problem problem = problem(code, number);
        boolean late = end - now < LEAST_SECONDS * Times.SECOND;
        if (late || number <= RESTARTS) {
            session.note(target.text() + ": " + problem.text()
                    + (late ? " at the end of its time" : "; started again for the time that is left"));
            return late;
        }
        stopped = true;
        String often = target.text() + ": " + problem.text() + "; it was started " + number
                + " times, and not again; seed " + session.options().seed();
        if (problem.isInput()) {
            session.note(often);
        } else {
            session.fault(often);
        }
        return true;
    }

    /** What has ended a process that was not asked to end, and whether an input that failed has. */
    private record Problem(String text, boolean isInput) {}

    /** What has ended such a process. Its input is kept. */
    private Problem problem(int code, int number) throws IOException {
        Path log = folders.log(number);
        Optional<String> thrown = code == FAILED ? thrown(log) : Optional.empty();
        if (thrown.isPresent() || code == TOO_SLOW) {
            inputFailed = true;
            String problem = thrown.orElse("an input took more than a minute");
            if (folders.failed().isEmpty()) {
                session.fault(target.text() + ": an input made it fail, and the fuzzer could not write it: " + problem
                        + " (seed " + session.options().seed() + ", see " + Printable.path(log) + ")");
            }
            takeInputs(problem);
            return new Problem(problem, true);
        }
        String problem = "the fuzzing process "
                + (code > SIGNAL ? "was ended by signal " + (code - SIGNAL) : "ended with exit code " + code) + ", see "
                + Printable.path(log);
        for (Path input : folders.failed()) {
            // No finding: the process was at this input when a signal, or a crash of the JVM, has ended it.
            Path kept = Files.createDirectories(folders.work().resolve("died")).resolve(input.getFileName());
            Files.move(input, kept, StandardCopyOption.REPLACE_EXISTING);
            problem += ", its input " + Printable.path(kept);
        }
        return new Problem(problem, false);
    }

    /** The first line of what an input made the target throw, if it did. */
    private static Optional<String> thrown(Path log) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        // What was thrown may hold any bytes; those of ISO 8859-1 can all be read.
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(THROWN))
                    .findFirst()
                    .map(line ->
                            Printable.quoted(line.substring(THROWN.length()).strip()));
        }
    }

    private void takeInputs(String problem) throws IOException {
        for (Path input : folders.failed()) {
            session.takeInput(target, input, problem);
        }
    }

    /** Inputs that a session has left behind which was ended before it could take them. */
    private void takeInputsOfBefore() throws IOException {
        Optional<String> thrown = Optional.empty();
        for (Path log : FoundStore.list(folders.work(), ".txt")) {
            thrown = thrown.isPresent() ? thrown : thrown(log);
        }
        if (thrown.isPresent()) {
            takeInputs(thrown.orElseThrow());
        } else {
            dropInputs();
        }
        for (Path log : FoundStore.list(folders.work(), ".txt")) {
            Files.delete(log);
        }
    }

    /** Where a process is made to end, the fuzzer takes its input for the cause. */
    private void dropInputs() throws IOException {
        for (Path input : folders.failed()) {
            Files.delete(input);
        }
    }

    private boolean canaryFound() {
        return Files.exists(folders.mail().resolve(FoundFolder.CANARY))
                || (target.hasProtocols() && session.canaryFound());
    }

    private boolean hasCanary() {
        return !target.hasProtocols() || session.options().canaryCanFail();
    }

    /** Whether a target whose time is over may go on until it has found its canary: where a process takes long to start, it has hardly run. */
    private boolean seeksCanary(long now) {
        return session.options().canary()
                && hasCanary()
                && !canaryFound()
                && now > end - LEAST_SECONDS * Times.SECOND - startUp
                && now < end + (CANARY_GRACE_SECONDS - LEAST_SECONDS) * Times.SECOND;
    }

    private void judgeCanary() {
        boolean found = canaryFound();
        if (!found && !hasCanary()) {
            report.canary("none: with one CPU it cannot fail");
            return;
        }
        report.canary(found ? "found" : "not found");
        if (found || session.isInterrupted() || inputFailed || stopped) {
            return;
        }
        session.fault(target.text() + ": the canary, which is broken on purpose, was not found in "
                + report.figures().sum("runs") + " executions (seed "
                + session.options().seed() + ")");
    }
}
