// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinimizeCommandTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus").normalize();

    private static String file(String name) {
        return CORPUS.resolve(name + Corpus.SUFFIX).toString();
    }

    @TempDir
    private Path folder;

    @Test
    void anEntryIsMinimisedSavedAndReplays() {
        Path saved = folder.resolve("small.poke");
        String file = file("fail/torn+stop_machine+nmi");
        Outcome outcome = Outcome.of("minimize", file, "--save", saved.toString());
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertTrue(
                outcome.out().contains("before     10 steps, 2 switches, 1 interrupt, 2 CPUs, 1 site"), outcome.out());
        assertTrue(outcome.out().contains("after      9 steps, 0 switches, 1 interrupt, 1 CPU, 1 site"));
        assertTrue(outcome.out().contains("decides    the order of two steps decides"));
        assertTrue(outcome.lastLine().endsWith("violated torn, minimised from 10 to 9 steps."));
        Entry before = Corpus.read(Path.of(file));
        Entry after = Corpus.read(saved);
        List<String> comments = new ArrayList<>(List.of(
                "violated torn after 9 steps, minimised from 10.",
                "Of the entry before it was minimised, its comment says:"));
        before.comments().forEach(comment -> comments.add("> " + comment));
        assertEquals(comments, after.comments());
        assertFalse(outcome.out().contains("\ntimeline "), outcome.out());
        assertEquals(1, after.scenario().cpus());
        Outcome replay = Outcome.of("replay", "--quiet", saved.toString());
        assertEquals(ExitCode.VIOLATED.number(), replay.code(), replay.out());
    }

    /** It shows what the entry showed before; nothing may pass it off as that of the smaller one. */
    @Test
    void aTimelineOfTheEntryBeforeIsToldApart() throws IOException {
        Path entry = folder.resolve("small.poke");
        Path timeline = folder.resolve("small.txt");
        Files.copy(Path.of(file("fail/torn+stop_machine+nmi")), entry);
        Files.copy(CORPUS.resolve("fail/torn+stop_machine+nmi.txt"), timeline);
        Outcome outcome = Outcome.of("minimize", entry.toString(), "--save", entry.toString());
        assertTrue(
                outcome.out()
                        .contains("timeline   " + timeline + " is not that of this entry; replay --promote " + entry),
                outcome.out());
        assertEquals(5, Outcome.of("replay", "--expected", entry.toString()).code());
        assertEquals(0, Outcome.of("replay", "--promote", entry.toString()).code());
        assertEquals(0, Outcome.of("replay", "--expected", entry.toString()).code());
        Outcome same = Outcome.of("minimize", entry.toString(), "--save", entry.toString());
        assertFalse(same.out().contains("\ntimeline "), same.out());
    }

    @Test
    void theScenarioCanBeKept() {
        Outcome outcome = Outcome.of("minimize", file("fail/torn+stop_machine+nmi"), "--keep-scenario");
        assertTrue(outcome.out().contains("after      10 steps"), outcome.out());
    }

    @Test
    void anEntryThatDoesNotReproduceIsNotMinimised() throws IOException {
        Path broken = folder.resolve("broken.poke");
        String text = Files.readString(Path.of(file("fail/torn+memcpy-head-first")));
        Files.writeString(broken, text.substring(0, text.lastIndexOf("  cpu1")));
        Outcome outcome = Outcome.of("minimize", broken.toString());
        assertEquals(ExitCode.DIVERGED.number(), outcome.code(), outcome.out());
        assertTrue(outcome.lastLine().contains("not minimised"), outcome.out());
    }

    @Test
    void anEntryWithoutAScheduleIsRefused() {
        Outcome outcome = Outcome.of("minimize", file("hold/safe+one-store"));
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.err().contains("has no schedule that violates"), outcome.err());
    }

    @Test
    void aLivelockStaysOne() {
        Path small = folder.resolve("loop.poke");
        Outcome outcome =
                Outcome.of("minimize", file("fail/livelock+breakpoint-before-state"), "--save", small.toString());
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertTrue(outcome.lastLine().contains("violated livelock, minimised from 54 to "), outcome.lastLine());
        Outcome replay = Outcome.of("replay", "--expected", small.toString());
        assertEquals(ExitCode.HOLDS.number(), replay.code(), replay.out());
        assertTrue(replay.out().contains("└─ back to step "), replay.out());
    }

    private static final String NO_SYNC = "check text_poke_bp_batch@no-sync1 --scheduler pct --seed 1";

    @Test
    void aRandomCheckMinimisesWhatItFinds() {
        Outcome small = Outcome.of(NO_SYNC);
        assertEquals(ExitCode.VIOLATED.number(), small.code(), small.err());
        assertTrue(small.out().contains("note       minimised: "), small.out());
        Outcome large = Outcome.of(NO_SYNC + " --no-minimize");
        assertEquals(ExitCode.VIOLATED.number(), large.code(), large.err());
        assertFalse(large.out().contains("minimised: "));
        assertTrue(large.lines().size() > small.lines().size());
    }

    @Test
    void aSearchIsNotAskedToMinimise() {
        Outcome outcome = Outcome.of("check naive --no-minimize");
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.err().contains("need --scheduler random"), outcome.err());
    }
}
