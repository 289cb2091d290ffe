// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searches in processes of their own, killed with SIGKILL when a checkpoint has been written, resumed, killed again, and at last left to end: as an
 * undisturbed search does. Not in every build: {@code mvn -B -P full -pl core test -Dtest=KilledSearchTest}.
 */
@Tag("full")
class KilledSearchTest {
    private static final String HOLDS = "text_poke_bp_batch --cpus 3 --data tso --nmi 1 --level regular";
    private static final String VIOLATED =
            "text_poke_late@rfc19 --cpus 3 --workload none --nmi 2 --nmi-work lock --sites pvcall->unlock --data tso";

    /** Each process makes at least so many checkpoints, or ends. */
    private static final int EVERY = 2;

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private static ProcessBuilder program(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectInput(new File("/dev/null"));
        return builder;
    }

    /** Runs the program until it has told of some checkpoints, and kills it then; empty output and code 137 if it was killed. */
    private Ended run(int checkpoints, List<String> words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = program(words).redirectOutput(out.toFile()).start();
        StringBuilder told = new StringBuilder();
        int seen = 0;
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                told.append(line).append('\n');
                if (line.startsWith("checkpoint ") && ++seen == checkpoints) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        return new Ended(process.waitFor(), Files.readString(out), told.toString());
    }

    private static List<String> words(String line, String... more) {
        List<String> words = new ArrayList<>(List.of(("check " + line).split(" ", -1)));
        words.addAll(List.of(more));
        return words;
    }

    @ParameterizedTest
    @CsvSource({HOLDS + ", 1", HOLDS + ", 3", VIOLATED + ", 2", VIOLATED + " --order dfs --all --max-states 60000, 2"})
    void endsAsIfItHadNeverStopped(String search, int firstKill) throws IOException, InterruptedException {
        Ended expected = run(0, words(search));
        String file = folder.resolve("s.ck").toString();
        Ended ended = run(firstKill, words(search, "--checkpoint", file, "--checkpoint-every", "50ms"));
        assertEquals(137, ended.code(), "killed: " + ended);
        int kills = 1;
        for (; kills < 4; kills++) {
            assertTrue(Files.exists(Path.of(file)), "a whole checkpoint is there after a kill");
            ended = run(EVERY, List.of("check", "--resume", file, "--checkpoint-every", "50ms"));
            if (ended.code() != 137) {
                break;
            }
        }
        if (ended.code() == 137) {
            ended = run(0, List.of("check", "--resume", file));
        }
        assertEquals(expected.code(), ended.code(), ended.err());
        assertEquals(
                ResumeCommandTest.withoutTimes(expected.out()),
                ResumeCommandTest.withoutTimes(ended.out()),
                kills + " kills");
    }

    /** A process that is killed while it writes leaves the checkpoint before; here one that never came to its end. */
    @Test
    void anUnfinishedFileBesideIsOfNoConsequence() throws IOException, InterruptedException {
        Path file = folder.resolve("s.ck");
        Ended killed = run(1, words(HOLDS, "--checkpoint", file.toString(), "--checkpoint-every", "50ms"));
        assertEquals(137, killed.code());
        Files.writeString(folder.resolve("s.ck.tmp"), "pokecheck checkpoint 1\nrubbish");
        Ended ended = run(0, List.of("check", "--resume", file.toString(), "--quiet"));
        assertEquals(run(0, words(HOLDS, "--quiet")), ended);
        assertTrue(Files.notExists(file) && Files.notExists(folder.resolve("s.ck.tmp")));
    }
}
