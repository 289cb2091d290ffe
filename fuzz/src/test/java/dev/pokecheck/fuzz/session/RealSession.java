// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.fuzz.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A session in a process of its own, as users start it, and the processes that it starts. */
final class RealSession {
    static final int SEED = 20251107;

    private static final Path CORPUS =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("corpus");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    /** All processes that it was seen to have started, by number. */
    private final Map<Long, ProcessHandle> children = new TreeMap<>();

    private RealSession(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The command of a session that writes below a folder. */
    static List<String> command(List<String> program, Path folder, String... options) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--corpus", CORPUS.toString()));
        command.addAll(List.of("--scratch", folder.resolve("scratch").toString()));
        command.addAll(List.of("--found", folder.resolve("found").toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** The program, from the class path of this process. */
    static List<String> fromClasses() {
        List<String> command = ForkedJvm.command(List.of("-Xmx512m"));
        command.add(Main.class.getName());
        return command;
    }

    static RealSession start(Path folder, String... options) throws IOException {
        return start(command(fromClasses(), folder, options));
    }

    static RealSession start(List<String> command) throws IOException {
        Path output = Files.createTempFile("session", ".txt");
        output.toFile().deleteOnExit();
        return new RealSession(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** What it has printed. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that fuzzes; waits until there is one other than the given. */
    ProcessHandle fuzzer(long otherThan) throws InterruptedException {
        await("a fuzzing process", () -> fuzzers().stream().anyMatch(child -> isJvmOtherThan(otherThan, child)));
        return fuzzers().stream()
                .filter(child -> isJvmOtherThan(otherThan, child))
                .findFirst()
                .orElseThrow();
    }

    /** For a moment it is the JDK's spawn helper; who ends that makes the start fail, which is another matter. */
    private static boolean isJvmOtherThan(long otherThan, ProcessHandle child) {
        return child.pid() != otherThan
                && child.info()
                        .command()
                        .filter(command -> command.endsWith("java"))
                        .isPresent();
    }

    /** The processes that it has now. */
    List<ProcessHandle> fuzzers() {
        List<ProcessHandle> now =
                process.descendants().filter(ProcessHandle::isAlive).toList();
        now.forEach(child -> children.put(child.pid(), child));
        return now;
    }

    /** Waits until something is so, or fails. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain for " + what + ": " + output());
            // A wait for the process, which ends early if that does.
            if (process.waitFor(20, TimeUnit.MILLISECONDS) && !condition.getAsBoolean()) {
                assertTrue(condition.getAsBoolean(), () -> "the session has ended before " + what + ": " + output());
            }
        }
    }

    /** Lets time go by, unless the session ends before. */
    void letRun(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits for its end, and returns its code. */
    int code() throws InterruptedException {
        assertTrue(process.waitFor(LONG.toSeconds() * 2, TimeUnit.SECONDS), () -> "it does not end: " + output());
        return process.exitValue();
    }

    /** Waits until all that it has started is gone. */
    void assertNothingLeft() throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        for (ProcessHandle child : children.values()) {
            while (child.isAlive()) {
                assertTrue(System.nanoTime() < end, () -> "still there: " + child.info());
                Thread.onSpinWait();
            }
        }
    }
}
