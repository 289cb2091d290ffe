// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.explore.StuckState;
import dev.pokecheck.fuzz.ForkedJvm;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sessions, in processes of their own as users start them. */
class SessionTest {
    private static final Path SEEDS = Path.of(System.getProperty("basedir", "."), "..", "corpus", "fuzz");
    private static final int SEED = 20251107;

    @TempDir
    private Path folder;

    private Process start(String... properties) throws IOException {
        List<String> options = new ArrayList<>();
        for (String property : properties) {
            options.add("-Dpokecheck." + property);
        }
        System.out.println("a session: seed " + SEED);
        options.add("-Dpokecheck.seed=" + SEED);
        options.add("-Dpokecheck.seeds=" + SEEDS);
        options.add("-Dpokecheck.out=" + folder.resolve("found"));
        options.add("-Dpokecheck.scratch=" + folder.resolve("scratch"));
        List<String> command = ForkedJvm.command(options);
        command.add(SessionRunner.class.getName());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Its output, with the exit code as the last line. */
    private String run(String... properties) throws IOException, InterruptedException {
        Process process = start(properties);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor() + "\n";
    }

    private List<Path> found() throws IOException {
        return Corpus.files(folder.resolve("found"));
    }

    private void everyFindingReplaysAndHasItsTimeline() throws IOException {
        for (Path file : found()) {
            Entry entry = Corpus.read(file);
            Machine machine = new Machine(
                    entry.scenario(),
                    Menu.find(entry.protocol()).record(entry.scenario().setting()));
            ReplayResult result = new Replay(entry, machine, state -> StuckState.isStuck(machine, state)).run();
            assertEquals(ReplayResult.Outcome.REPRODUCED, result.outcome(), file + ": " + result.message());
            assertEquals(2, entry.comments().size(), entry.print());
            String timeline = file.toString().replace(Corpus.SUFFIX, ".txt");
            assertTrue(Files.readString(Path.of(timeline)).contains("cpu0"), timeline);
        }
    }

    /** What is found is saved, the canary is found and not saved, and the next session starts from what this one has learnt. */
    @Test
    void aSessionFindsTheCanaryAndSavesTheRest() throws IOException, InterruptedException {
        String first = run("fuzz=1s", "protocol=naive");
        assertTrue(first.endsWith("exit 0\n"), first);
        assertTrue(first.contains("  InterleavingFuzz  "), first);
        assertTrue(first.matches("(?s).* a second of processor time; .* % of the time outside the machine: .*"), first);
        assertFalse(found().isEmpty(), first);
        assertTrue(
                found().stream().allMatch(file -> file.toString().endsWith("+naive.poke")), () -> "a canary: " + first);
        everyFindingReplaysAndHasItsTimeline();
        String second = run("fuzz=1s", "protocol=naive");
        assertTrue(second.endsWith("exit 0\n"), second);
        assertTrue(second.matches("(?s).*corpus [1-9][0-9]* -> .*"), second);
    }

    /** The canary is found in the one scenario, too, and every finding is of the protocol in it. */
    @Test
    void aSessionInOneScenario() throws IOException, InterruptedException {
        String output = run("fuzz=1s", "protocol=naive@sync", "scenario=cpus=2 site0=nop2->jmp8");
        assertTrue(output.endsWith("exit 0\n"), output);
        assertFalse(found().isEmpty(), output);
        for (Path file : found()) {
            Entry entry = Corpus.read(file);
            assertEquals("naive@sync", entry.protocol(), output);
            assertEquals(
                    "nop2->jmp8",
                    entry.scenario().sites().get(0).text(),
                    "a minimised scenario is not greater: " + entry.print());
        }
    }

    @Test
    void withoutACanaryASessionFails() throws IOException, InterruptedException {
        String output = run("fuzz=1s", "protocol=naive@sync", "canary=off");
        assertTrue(
                output.contains("FAILED  InterleavingFuzz: the canary, which is broken on purpose, was not found in "),
                output);
        assertTrue(output.endsWith("exit 3\n"), output);
    }

    @Test
    void aTargetWhoseInputsFailByThemselves() throws IOException, InterruptedException {
        String output = run("fuzz=1s", "target=CorpusFuzz");
        assertTrue(output.endsWith("exit 0\n"), output);
        String without = run("fuzz=1s", "target=CorpusFuzz", "canary=off");
        assertTrue(without.contains("FAILED  CorpusFuzz: the canary"), without);
        assertTrue(without.endsWith("exit 3\n"), without);
    }

    /** Ctrl-C: what was found is on disk, as entries or for the next session to minimise. */
    @Test
    void anInterruptLosesNothing() throws IOException, InterruptedException {
        Process process = start("fuzz=10m", "protocol=naive");
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("found  ")) {
                    // Process.destroy is SIGTERM, which the JVM treats as it does SIGINT.
                    process.toHandle().destroy();
                }
            }
        }
        process.waitFor();
        assertTrue(output.toString().contains("the session was interrupted"), output.toString());
        assertFalse(found().isEmpty(), output.toString());
        everyFindingReplaysAndHasItsTimeline();
    }

    @Test
    void mistakesAreUsageErrors() throws IOException, InterruptedException {
        String output = run("fuzz=10", "protocol=naive");
        assertEquals(
                "pokecheck.fuzz: \"10\" is no duration; write how long to fuzz, as in -Dpokecheck.fuzz=10m, 90s or 1h30m\nexit 2\n",
                output);
    }
}
