// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGINT, SIGTERM and SIGKILL to the session or to its fuzzing process, at moments that a seed chooses: nothing that was found is lost, nothing is left running, and the next session goes on.
 * Not in every build: {@code mvn -B -P full -pl core,fuzz test -Dtest=KillSessionsTest -Dsurefire.failIfNoSpecifiedTests=false} makes two rounds, and forty with
 * {@code -Dpokecheck.kills=40}.
 */
@Tag("full")
class KillSessionsTest {
    private static final int SEED = 20251130;
    private static final int ROUNDS = Integer.getInteger("pokecheck.kills", 2);
    private static final int LATEST_MILLIS = 6_000;

    @TempDir
    private Path folder;

    /** The causes that were found and lie anywhere: kept, left as they are, or still waiting. */
    private Set<String> causes() throws IOException {
        Set<String> causes = new TreeSet<>();
        for (String place : new String[] {"found", "scratch/InterleavingFuzz/found"}) {
            Path root = folder.resolve(place);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(Corpus.SUFFIX))
                            .forEach(file -> {
                                // A file is there whole or not at all.
                                assertTrue(Corpus.read(file).schedule().isPresent(), file.toString());
                                causes.add(Candidate.nameOf(file));
                            });
                }
            }
        }
        return causes;
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void atRandomMoments() throws IOException, InterruptedException {
        System.out.println("kills: seed " + SEED + ", " + ROUNDS + " rounds");
        Random random = new Random(SEED);
        Set<String> before = causes();
        for (int round = 1; round <= ROUNDS; round++) {
            String signal = new String[] {"KILL", "TERM", "INT"}[random.nextInt(3)];
            boolean runner = random.nextInt(3) > 0;
            int moment = random.nextInt(LATEST_MILLIS);
            RealSession session = RealSession.start(
                    folder,
                    "--time",
                    "10m",
                    "--seed",
                    Integer.toString(1 + random.nextInt(1000)),
                    "--target",
                    "InterleavingFuzz");
            session.fuzzer(0);
            session.letRun(moment);
            String what = "round " + round + ": " + signal + " to the " + (runner ? "session" : "fuzzer") + " after "
                    + moment + " ms";
            System.out.println(what);
            if (!runner) {
                long pid = session.fuzzer(0).pid();
                signal(signal, session.fuzzer(0));
                session.fuzzer(pid);
                signal("TERM", session.handle());
            } else {
                signal(signal, session.handle());
            }
            int code = session.code();
            boolean killed = runner && signal.equals("KILL");
            assertTrue(
                    killed ? code == 137 : Set.of(130, 1).contains(code),
                    what + ": code " + code + "\n" + session.output());
            session.assertNothingLeft();
            Set<String> after = causes();
            Set<String> lost = new TreeSet<>(before);
            lost.removeAll(after);
            assertEquals(Set.of(), lost, what + ": " + session.output());
            before = after;
        }
        RealSession last = RealSession.start(folder, "--time", "5s", "--target", "InterleavingFuzz");
        assertTrue(Set.of(0, 1).contains(last.code()), last.output());
        Set<String> lost = new TreeSet<>(before);
        lost.removeAll(causes());
        assertEquals(Set.of(), lost, last.output());
    }
}
