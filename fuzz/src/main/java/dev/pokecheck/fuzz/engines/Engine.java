// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.ForkedJvm;
import dev.pokecheck.fuzz.claim.Schedules;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An engine that samples schedules. */
enum Engine {
    /** Every enabled action with the same probability. */
    RANDOM("random"),
    /** Priorities with three random changes. */
    PCT("PCT"),
    /** Jazzer with abstract states, and bursts of guided schedules: what a session does. */
    SESSION("session");

    /** Options for a JVM that lives for a second or two. Without leave to attach to itself Jazzer's agent starts another JVM for that. */
    static final List<String> SHORT_LIVED =
            List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djdk.attach.allowAttachSelf=true");

    private static final int DEPTH = 4;
    private static final int STEPS = 500;

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    /** Its name in tables. */
    String text() {
        return text;
    }

    /**
     * Makes an attempt.
     *
     * @param seed the seed, at least 1
     */
    AttemptResult attempt(Task task, int seed, Cap cap) throws IOException, InterruptedException {
        return switch (this) {
            case RANDOM -> sample(task, cap, machine -> new RandomScheduler(seed));
            case PCT -> sample(task, cap, machine -> new PctScheduler(machine, seed, DEPTH, STEPS));
            case SESSION -> fuzz(task, seed);
        };
    }

    private static AttemptResult sample(Task task, Cap cap, Function<Machine, Scheduler> scheduler) {
        Machine machine = task.machine();
        Walk walk = new Walk(machine, new Walk.Limits(task.stopOn(), STEPS, task.isPastTheEnd()));
        Scheduler choices = scheduler.apply(machine);
        Stopwatch watch = new Stopwatch();
        for (long run = 0; ; run++) {
            Walk.End end = walk.run(choices, run);
            boolean found = Schedules.violated(end, walk.incidents(), task.stopOn()) == task.property();
            if (found || cap.isReached(run + 1, watch)) {
                return new AttemptResult(found, run + 1, watch.nanos());
            }
        }
    }

    /** In a JVM of its own, with a corpus of its own: Jazzer cannot be started twice in one. */
    private static AttemptResult fuzz(Task task, int seed) throws IOException, InterruptedException {
        Path corpus = Files.createTempDirectory("pokecheck");
        Path log = Files.createTempFile("pokecheck", ".log");
        List<String> options = new ArrayList<>(SHORT_LIVED);
        options.add("-Dpokecheck.entry=" + task.file().toAbsolutePath());
        options.add("-Dpokecheck.seed=" + seed);
        List<String> command = ForkedJvm.command(options);
        command.add(ForkedJvm.WATCHED_JAZZER);
        command.add("--target_class=" + Attempt.class.getName());
        command.add("--hooks=false");
        command.add(Feedback.ARGUMENT);
        command.addAll(List.of(
                "-seed=" + seed,
                "-max_len=256",
                "-rss_limit_mb=0",
                "-artifact_prefix=" + corpus + "/",
                corpus.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = process.waitFor();
            String output = Files.readString(log, StandardCharsets.UTF_8);
            return output.lines()
                    .filter(line -> line.startsWith(Attempt.MARK))
                    .findFirst()
                    .map(Engine::parse)
                    .orElseThrow(
                            () -> new IllegalStateException("exit code " + code + " without a result:\n" + output));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
            delete(corpus);
        }
    }

    /** Removes a folder of files. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static AttemptResult parse(String line) {
        String[] words = line.substring(Attempt.MARK.length()).split(" ", -1);
        return new AttemptResult(Boolean.parseBoolean(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
