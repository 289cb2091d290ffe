// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that fuzzes one target. */
final class FuzzProcess {
    /** How a line with figures begins. */
    private static final String MARK = "pokecheck-figures ";

    private final Process process;
    private final Thread reader;
    private final Figures figures = new Figures();

    private FuzzProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "figures");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param folders the folder of the corpus that grows, then those of seeds
     * @param log the file that Jazzer's output goes to
     */
    static FuzzProcess start(
            List<String> properties, List<String> arguments, List<Path> folders, Path log, Path artifacts)
            throws IOException {
        List<String> options = new ArrayList<>(properties);
        options.add("-Xmx1g");
        List<String> command = ForkedJvm.command(options);
        command.add(ForkedJvm.JAZZER);
        command.addAll(arguments);
        command.add("-artifact_prefix=" + artifacts + "/");
        command.add("--reproducer_path=" + artifacts);
        for (Path folder : folders) {
            command.add(folder.toString());
        }
        Files.createDirectories(artifacts);
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new FuzzProcess(process);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MARK)) {
                    figures.note(line.substring(MARK.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of the fuzzing process cannot be read", e);
        }
    }

    /** The last figures that it has printed. */
    Figures.Snapshot figures() {
        return figures.now();
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it. */
    void end() {
        process.destroy();
    }

    /** Waits for its end and returns its exit code. */
    int exitCode() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }
}
