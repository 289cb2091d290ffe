// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL to the runner of a session, which can do nothing about it: the process that fuzzes ends by itself, long before its ten minutes are over. */
@DisabledOnOs(OS.WINDOWS)
@Tag("full")
class KilledRunnerTest {
    /** It takes milliseconds where there is a CPU for it. */
    private static final int SECONDS = 10;

    private static final String TARGET = "InsnFuzz";

    /** What libFuzzer prints when the seeds have been run. */
    private static final String FUZZES = "INITED";

    @TempDir
    private Path folder;

    @Test
    void theFuzzingProcessEndsWithItsRunner() throws Exception {
        RealSession session = session();
        ProcessHandle fuzzer = session.fuzzer(0);
        session.await("fuzzing", this::fuzzes);
        endsWith(session, fuzzer);
    }

    @Test
    void evenWhenItHasHardlyBegun() throws Exception {
        RealSession session = session();
        endsWith(session, session.fuzzer(0));
    }

    private RealSession session() throws IOException {
        return RealSession.start(folder, "--time", "10m", "--target", TARGET);
    }

    private static void endsWith(RealSession session, ProcessHandle fuzzer) throws Exception {
        assertTrue(fuzzer.isAlive(), session.output());
        assertTrue(session.handle().destroyForcibly());
        assertEquals(137, session.code(), "killed by SIGKILL");
        fuzzer.onExit().get(SECONDS, TimeUnit.SECONDS);
        session.assertNothingLeft();
    }

    private boolean fuzzes() {
        Path log = folder.resolve("scratch").resolve(TARGET).resolve("log.txt");
        try {
            return Files.exists(log) && Files.readString(log).contains(FUZZES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
