// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole sessions, in processes of their own as users start them. */
class SessionTest {
    private static final String SEED = Integer.toString(RealSession.SEED);

    @TempDir
    private Path folder;

    /** Its output, with the exit code as the last line. */
    private String run(String... options) throws IOException, InterruptedException {
        System.out.println("a session: seed " + SEED);
        RealSession session = RealSession.start(folder, options);
        int code = session.code();
        return session.output() + "code " + code + "\n";
    }

    /** The canary is found and is no finding, and the next session starts from what this one has learnt. */
    @Test
    void aSessionFindsTheCanary() throws IOException, InterruptedException {
        String first = run(
                "--time", "1s", "--seed", SEED, "--protocol", "stop_machine", "--scenario", "cpus=2 site0=nop2->jmp8");
        assertTrue(first.endsWith("exit 0: nothing new was found\ncode 0\n"), first);
        assertTrue(first.contains("InterleavingFuzz: "), first);
        assertTrue(first.contains(" -> ") && first.contains(" inputs; canary found\n"), first);
        assertTrue(first.contains(", seed " + SEED + "\n"), first);
        String second = run(
                "--time", "1s", "--seed", SEED, "--protocol", "stop_machine", "--scenario", "cpus=2 site0=nop2->jmp8");
        assertTrue(second.matches("(?s).*corpus [1-9][0-9]* -> .*code 0\n"), second);
    }

    @Tag("full")
    @Test
    void withoutACanaryASessionFails() throws IOException, InterruptedException {
        String output = run("--time", "1s", "--seed", SEED, "--target", "CorpusFuzz", "--no-canary");
        assertTrue(
                output.contains("FAULT    CorpusFuzz: the canary, which is broken on purpose, was not found in "),
                output);
        assertTrue(output.contains("\nexit 3: 1 fault of pokecheck itself: CorpusFuzz: the canary"), output);
        assertTrue(output.endsWith("code 3\n"), output);
    }

    /** A finding that an earlier session has left is taken up before anything else, and what it does to the minimiser is no end of the session. */
    @Tag("full")
    @Test
    void leftoversEndNoSession() throws IOException, InterruptedException {
        Path mail = Files.createDirectories(folder.resolve("scratch/InterleavingFuzz+stop_machine/found"));
        Files.writeString(mail.resolve("torn.poke"), """
                poke-corpus 1
                # cause: torn in ftrace_modify_all_code@direct: head new, tail old
                # claim: none
                protocol: ftrace_modify_all_code@direct
                scenario: cpus=2 site0=nop5->jmp32->nop5@63 fetch=stale-tail chunk=8 fetch-coherent=true
                expect: violated torn
                schedule:
                  cpu0 nonsense
                """);
        String output = run("--time", "1s", "--seed", SEED, "--protocol", "stop_machine");
        assertTrue(output.contains("LEFT     torn could not be replayed: "), output);
        assertTrue(output.endsWith("code 0\n"), output);
    }

    /** The fuzzing process is killed: the session says so, and starts another. Then the session is asked to end. */
    @Tag("full")
    @Test
    void theSessionOutlivesItsProcess() throws IOException, InterruptedException {
        RealSession session = RealSession.start(folder, "--time", "10m", "--seed", SEED, "--target", "CorpusFuzz");
        ProcessHandle first = session.fuzzer(0);
        first.destroyForcibly();
        ProcessHandle second = session.fuzzer(first.pid());
        // This is SIGTERM; the JVM treats SIGINT as it does that.
        session.handle().destroy();
        assertEquals(130, session.code(), session.output());
        assertTrue(
                session.output().contains("CorpusFuzz: the fuzzing process was ended by signal 9, see "),
                session.output());
        assertTrue(session.output().contains("; started again for the time that is left\n"), session.output());
        assertTrue(session.output().contains(", interrupted, seed "), session.output());
        assertTrue(
                session.output()
                        .endsWith("exit 130: interrupted (SIGINT or SIGTERM), and nothing new was found before that\n"),
                session.output());
        assertTrue(!second.isAlive(), "it has ended its process");
    }

    /** The session is killed: its process ends with it, and the next session may begin at once. */
    @Tag("full")
    @Test
    void theProcessEndsWithItsSession() throws IOException, InterruptedException {
        RealSession session = RealSession.start(folder, "--time", "10m", "--seed", SEED, "--target", "CorpusFuzz");
        session.fuzzer(0);
        session.handle().destroyForcibly();
        assertEquals(137, session.code());
        session.assertNothingLeft();
        String next = run("--time", "1s", "--seed", SEED, "--target", "CorpusFuzz");
        assertTrue(next.endsWith("code 0\n"), next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--time 10|--time: \"10\" is no duration of a second or more; write how long to fuzz as 90s, 10m or 1h30m",
                "--time 1s --taget InsnFuzz|Unknown options: '--taget', 'InsnFuzz'",
                "--time 1s --target InsFuzz|--target: target \"InsFuzz\" is none of InterleavingFuzz, PatchSequenceFuzz, InsnFuzz, CorpusFuzz, SourceFuzz; did you mean InsnFuzz?",
            })
    void mistakesAreUsageErrors(String options, String message) throws IOException, InterruptedException {
        String output = run(options.split(" "));
        assertTrue(output.startsWith("pokecheck-fuzz: " + message + "\n"), output);
        assertTrue(output.endsWith("exit 2: usage error\ncode 2\n"), output);
        assertTrue(!options.contains("--taget") || output.contains("Possible solutions: --target"), output);
    }
}
