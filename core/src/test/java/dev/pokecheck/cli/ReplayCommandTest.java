// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries whose protocol has changed, and expected timelines. */
class ReplayCommandTest {
    private static final String NOW = fingerprint();
    private static final String PRESENT = "fingerprint: " + NOW + "\n";
    private static final String OLD = "fingerprint: ir1-0000000000000000\n";
    private static final String CHANGED =
            "the protocol has changed since the entry was written (fingerprint ir1-0000000000000000 then, " + NOW
                    + " now); ";
    private static final String HEAD =
            "poke-corpus 1\n# First line.\n# Second line.\nprotocol: naive\nscenario: cpus=2 site0=nop5->jmp32";

    @TempDir
    private Path folder;

    private Path fails;
    private Path holds;

    private static String fingerprint() {
        return Fingerprint.of(protocol());
    }

    private static Protocol protocol() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        return Catalog.find("naive").orElseThrow().record(scenario.setting());
    }

    @BeforeEach
    void write() throws IOException {
        fails = folder.resolve("fails.poke");
        holds = folder.resolve("holds.poke");
        Files.writeString(
                fails,
                HEAD + "\nexpect: violated torn\n" + PRESENT
                        + "schedule:\n  cpu0 patch1.site0\n  # the head\n  cpu0 memcpy.site0 site0+0 [e9]\n"
                        + "  cpu1 fetch site0 [e9 1f 44 00 00]\n");
        Files.writeString(holds, HEAD + " fetch=stale-insn split=word\nexpect: holds safe\n" + PRESENT);
    }

    private static void edit(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(before), text);
        Files.writeString(file, text.replace(before, after));
    }

    private static Outcome replay(String options, Path file) {
        return Outcome.of(("replay " + options + " " + file).split(" +"));
    }

    @Test
    void anEntryOfThePresentProtocolPasses() {
        assertEquals(ExitCode.VIOLATED.number(), replay("", fails).code());
        assertEquals(0, replay("--expected", fails).code());
        assertEquals(0, replay("", holds).code());
    }

    @Test
    void anEntryOfAChangedProtocolSaysSoAndNeverPasses() throws IOException {
        edit(fails, PRESENT, OLD);
        edit(holds, PRESENT, OLD);
        for (String options : new String[] {"", "--expected", "--quiet", "--expected --quiet"}) {
            Outcome fail = replay(options, fails);
            assertEquals(ExitCode.DIVERGED.number(), fail.code());
            assertEquals(
                    fails + ": CHANGED: " + CHANGED
                            + "its schedule still shows: violated torn; check that this is still what"
                            + " its comment says, then refresh it: java -jar pokecheck.jar replay --promote " + fails
                            + ".",
                    fail.lastLine());
            Outcome hold = replay(options, holds);
            assertEquals(ExitCode.DIVERGED.number(), hold.code());
            assertTrue(
                    hold.lastLine()
                            .startsWith(holds + ": CHANGED: " + CHANGED + "a search now says: HOLDS at level safe"),
                    hold.lastLine());
        }
    }

    @Test
    void anEntryWithoutAFingerprintCannotTell() throws IOException {
        edit(fails, PRESENT, "");
        assertEquals(0, replay("--expected", fails).code());
    }

    @Test
    void promotingRefreshesTheFingerprintAndTheTimelineAndNothingElse() throws IOException {
        String before = Files.readString(fails);
        edit(fails, PRESENT, OLD);
        edit(holds, PRESENT, OLD);
        Outcome promoted = replay("--promote", fails);
        assertEquals(0, promoted.code());
        assertEquals(fails + ": PROMOTED: fingerprint " + NOW + ", timeline fails.txt.", promoted.lastLine());
        assertEquals(before, Files.readString(fails));
        String timeline = Files.readString(Corpus.timeline(fails));
        assertTrue(timeline.startsWith("naive: torn in step 3\n"), timeline);
        assertTrue(replay("", fails).out().contains(timeline));
        assertEquals(fails + ": is up to date.", replay("--promote", fails).lastLine());

        assertEquals(
                holds + ": PROMOTED: fingerprint " + NOW + ".",
                replay("--promote", holds).lastLine());
        assertEquals(0, replay("", holds).code());
        assertFalse(Files.exists(Corpus.timeline(holds)));
    }

    /** Whatever the file is called: only a terminal's own program may send it orders. */
    @Test
    void theNameOfAFileDoesNothingToATerminal() throws IOException {
        Path named = fails.resolveSibling("red\u001b[31m.poke");
        Files.copy(fails, named);
        Outcome replayed = replay("--expected", named);
        Outcome missing = replay("--expected", named.resolveSibling("no\u0007.poke"));
        assertTrue(replayed.lastLine().contains("red\\u001b[31m.poke: REPRODUCED"), replayed.lastLine());
        assertTrue(missing.err().contains("no\\u0007.poke: there is no such file"), missing.err());
    }

    @Test
    void aFingerprintOfTheOldKindThatAgreesPassesWithANote() throws IOException {
        String old = Fingerprint.ofText(protocol());
        edit(fails, PRESENT, "fingerprint: " + old + "\n");
        Outcome outcome = replay("--expected", fails);
        assertEquals(0, outcome.code());
        assertEquals(
                fails + ": REPRODUCED: violated torn; fingerprint " + old
                        + " is of the old kind, and still that of the listing;"
                        + " renew it: java -jar pokecheck.jar replay --migrate " + fails + ".",
                outcome.lastLine());
    }

    @Test
    void aFingerprintOfTheOldKindThatDiffersDoesNotPass() throws IOException {
        edit(holds, PRESENT, "fingerprint: 0badf00d\n");
        Outcome outcome = replay("--expected", holds);
        assertEquals(ExitCode.DIVERGED.number(), outcome.code());
        String change =
                "the protocol, or the wording of its listing, has changed since the entry was written (fingerprint"
                        + " 0badf00d then, " + Fingerprint.ofText(protocol()) + " now); ";
        assertTrue(outcome.lastLine().startsWith(holds + ": CHANGED: " + change), outcome.lastLine());
        String before = Files.readString(holds);
        Outcome migrated = replay("--migrate", holds);
        assertEquals(ExitCode.DIVERGED.number(), migrated.code());
        assertTrue(migrated.lastLine().startsWith(holds + ": NOT MIGRATED: " + change), migrated.lastLine());
        assertEquals(before, Files.readString(holds));
    }

    @Test
    void migratingProvesByTheOldKindAndWritesThePresentOneAndNothingElse() throws IOException {
        String before = Files.readString(fails);
        String old = Fingerprint.ofText(protocol());
        edit(fails, PRESENT, "fingerprint: " + old + "\n");
        Outcome migrated = replay("--migrate", fails);
        assertEquals(0, migrated.code());
        assertEquals(
                fails + ": MIGRATED: fingerprint " + old + " is that of the listing; now " + NOW + ".",
                migrated.lastLine());
        assertEquals(before, Files.readString(fails));
        assertFalse(Files.exists(Corpus.timeline(fails)));
        assertEquals(
                fails + ": has no fingerprint of the old kind.",
                replay("--migrate", fails).lastLine());
        Outcome both = replay("--migrate --promote", fails);
        assertEquals(ExitCode.USAGE.number(), both.code());
        assertTrue(both.err().contains("--promote, --migrate: migrate first, then promote what is left"), both.err());
    }

    @Test
    void anEntryThatHasLostItsMeaningIsNotPromoted() throws IOException {
        edit(fails, PRESENT, OLD);
        edit(fails, "[e9 1f 44 00 00]", "[e9 1f 44 00 01]");
        refused(fails, "NOT PROMOTED: DIVERGED: step 3: ");
        edit(fails, "  cpu1 fetch site0 [e9 1f 44 00 01]\n", "");
        refused(fails, "NOT PROMOTED: NOT REPRODUCED: expected violated torn, but the schedule ends after step 2");
        edit(holds, PRESENT, OLD);
        edit(holds, "split=word", "split=byte");
        refused(holds, "NOT PROMOTED: VIOLATED: torn");
    }

    private static void refused(Path file, String reason) throws IOException {
        String before = Files.readString(file);
        Outcome outcome = replay("--promote", file);
        assertEquals(ExitCode.DIVERGED.number(), outcome.code());
        assertTrue(outcome.lastLine().startsWith(file + ": " + reason), outcome.lastLine());
        assertEquals(before, Files.readString(file));
        assertFalse(Files.exists(Corpus.timeline(file)));
    }

    @Test
    void aTimelineThatDiffersIsNotExpected() throws IOException {
        replay("--promote", fails);
        assertEquals(0, replay("--expected", fails).code());
        edit(Corpus.timeline(fails), "TORN IN STEP 3", "TORN IN STEP 4");
        Outcome outcome = replay("--expected", fails);
        assertEquals(ExitCode.DIVERGED.number(), outcome.code());
        assertTrue(
                outcome.lastLine().contains("expected \"TORN IN STEP 4\", but it is \"TORN IN STEP 3\""),
                outcome.lastLine());
        assertEquals(ExitCode.VIOLATED.number(), replay("", fails).code(), "only --expected compares");

        Files.delete(Corpus.timeline(fails));
        assertEquals(0, replay("--expected", fails).code(), "what is not there is not compared");
    }
}
