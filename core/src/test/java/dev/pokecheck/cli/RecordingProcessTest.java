// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.protocol.ProtocolBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that end the program, or never end, in processes of their own. */
class RecordingProcessTest {
    private static final String BEGUN = "recording";

    /** Methods that record, and do what recordings should not. */
    static final class Recordings {
        void exitsLater(ProtocolBuilder builder) {
            CountDownLatch never = new CountDownLatch(1);
            new Thread(() -> System.exit(0)).start();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void exits(ProtocolBuilder builder) {
            System.exit(builder.sites().isEmpty() ? 1 : 0);
        }

        void endless(ProtocolBuilder builder) throws InterruptedException {
            System.err.println(BEGUN + " " + builder.sites().size());
            new CountDownLatch(1).await();
        }
    }

    /** While its class is made ready for use. */
    static final class NeverReady {
        private static final int ROUNDS = rounds();

        private static int rounds() {
            int rounds = 0;
            while (rounds >= 0) {
                rounds = 1 - rounds;
            }
            return rounds;
        }

        void record(ProtocolBuilder builder) {
            builder.shared("rounds", ROUNDS, 0, 1);
        }
    }

    private static Process check(String method) throws IOException {
        return start(Recordings.class.getName() + "#" + method);
    }

    private static Process start(String protocol) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "check",
                        "mine",
                        "--protocol-class",
                        protocol))
                .start();
    }

    private static int code(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static String rest(BufferedReader err) {
        return err.lines().collect(Collectors.joining("\n"));
    }

    /** While its class is made ready for use, too, and from another thread. */
    static final class ExitsAtOnce {
        static {
            System.exit(0);
        }

        void record(ProtocolBuilder builder) {
            builder.claimsToHoldEverybodyOff();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recordings#exits", "Recordings#exitsLater", "ExitsAtOnce#record"})
    void whoCallsExitIsBlamed(String name) throws IOException, InterruptedException {
        Process process = start(RecordingProcessTest.class.getName() + "$" + name);
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertEquals(
                    "pokecheck: --protocol-class: code of the protocol ends the program; take System.exit out",
                    rest(err));
        }
        assertEquals(2, code(process));
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void whoInterruptsTheProgramIsNotTakenForIt() throws IOException, InterruptedException {
        Process process = check("endless");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertEquals(BEGUN + " 1", err.readLine());
            // Not by SIGINT: where the build itself runs in the background, shells let it and its children ignore that.
            Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
            assertEquals(0, code(kill));
            assertEquals("", rest(err));
        }
        assertEquals(143, code(process));
    }

    /** Not in every build, as it takes as long as a recording may. */
    @Tag("full")
    @Test
    void aRecordingThatNeverEndsIsGivenUp() throws IOException, InterruptedException {
        Process process = check("endless");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertEquals(BEGUN + " 1", err.readLine());
            String complaint = rest(err);
            assertTrue(
                    complaint.startsWith("pokecheck: --protocol-class: endless has not ended after 20 seconds;"),
                    complaint);
        }
        assertEquals(2, code(process));
    }

    /** As {@link #aRecordingThatNeverEndsIsGivenUp}. */
    @Tag("full")
    @Test
    void aClassThatIsNeverReadyIsNamed() throws IOException, InterruptedException {
        Process process = start(NeverReady.class.getName() + "#record");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            String complaint = rest(err);
            assertTrue(
                    complaint.startsWith("pokecheck: --protocol-class: the static initialiser of "
                            + NeverReady.class.getName() + " has not ended after 20 seconds;"),
                    complaint);
        }
        assertEquals(2, code(process));
    }
}
