// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.ForkedJvm;
import dev.pokecheck.fuzz.InterleavingFuzz;
import dev.pokecheck.fuzz.SourceWords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that fuzzes one target. It ends when this process does: it reads its standard input, which is a pipe that this process holds open
 * ({@link dev.pokecheck.fuzz.FuzzChild}).
 */
final class FuzzProcess implements Fuzzer {
    /** How a line with figures begins. */
    private static final String MARK = "pokecheck-figures ";
    /** How a line with figures of a protocol begins. */
    private static final String PROTOCOL_MARK = "pokecheck-protocol ";

    private final Process process;
    private final Thread reader;
    private final Figures figures = new Figures();

    private FuzzProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "figures");
        reader.setDaemon(true);
        reader.start();
    }

    /** What starts the processes of a session. */
    static Launcher launcher(Options options) {
        return (target, folders, number, seconds) -> {
            List<String> arguments = new ArrayList<>(target.arguments());
            arguments.add("-max_total_time=" + seconds);
            // With the seed of before, what has just ended a process would end it again.
            arguments.add("-seed=" + (options.seed() + number - 1));
            arguments.add("-timeout=60");
            // Peak memory is inherited from this process; the heap has its own limit.
            arguments.add("-rss_limit_mb=0");
            arguments.add("-artifact_prefix=" + folders.artifacts() + "/");
            arguments.add("--reproducer_path=" + folders.artifacts());
            arguments.add(folders.grown().toString());
            Path seeds = options.folders().seeds().resolve(target.text());
            // The seeds name a scenario in their first bytes.
            if (options.scenario().isEmpty() && Files.isDirectory(seeds)) {
                arguments.add(seeds.toString());
            }
            if (target.hasWords()) {
                Path words = folders.work().resolve("words.dict");
                Files.write(words, SourceWords.dictionary());
                arguments.add("-dict=" + words);
            }
            Path opening = folders.work().resolve("opening");
            if (target.hasProtocols()) {
                InterleavingFuzz.seeds(opening, options.protocol(), options.scenario());
                arguments.add(opening.toString());
            }
            return start(properties(options, folders, number), arguments, folders.log(number));
        };
    }

    private static List<String> properties(Options options, TargetFolders folders, int number) {
        List<String> properties = new ArrayList<>();
        if (folders.temporary().toString().indexOf('=') < 0) {
            // The fuzzer's agent lies there, and the JVM takes what follows a = for its arguments.
            properties.add("-Djava.io.tmpdir=" + folders.temporary());
        }
        properties.addAll(List.of(
                "-XX:ErrorFile=" + folders.work().resolve("hs_err_%p.log"),
                "-Dpokecheck.leave=" + folders.mail(),
                "-Dpokecheck.protocol=" + options.protocol(),
                "-Dpokecheck.scenario=" + options.scenario(),
                "-Dpokecheck.feedback=" + options.feedback(),
                "-Dpokecheck.seed=" + (options.seed() + number - 1),
                "-Dpokecheck.canary=" + (options.canary() ? "on" : "off"),
                "-Xmx1g"));
        return properties;
    }

    private static FuzzProcess start(List<String> properties, List<String> arguments, Path log) throws IOException {
        List<String> command = ForkedJvm.command(properties);
        command.add(ForkedJvm.WATCHED_JAZZER);
        command.addAll(arguments);
        return new FuzzProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MARK)) {
                    figures.note(line.substring(MARK.length()));
                } else if (line.startsWith(PROTOCOL_MARK)) {
                    figures.noteProtocol(line.substring(PROTOCOL_MARK.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of the fuzzing process cannot be read", e);
        }
    }

    @Override
    public Figures.Snapshot figures() {
        return figures.now();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void end() {
        // Not Process.destroy, which closes the pipes as well: the last figures are still to be read.
        process.toHandle().destroy();
    }

    @Override
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public int exitCode() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }
}
