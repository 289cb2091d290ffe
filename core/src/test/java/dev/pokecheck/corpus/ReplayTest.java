// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.machine.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final List<String> TORN =
            List.of("cpu0 patch1.site0", "cpu0 memcpy.site0 site0+0 [e9]", "cpu1 fetch site0 [e9 1f 44 00 00]");

    private static final String STEM = """
            cpu0 patch1.site0
            cpu0 init.stage
            cpu0 init.state
            cpu0 init.primary_cpu
            cpu0 stop_machine
            cpu1 stop
            cpu0 stop_machine.run
            cpu0 read_primary
            cpu1.stop read_primary
            cpu0 patch_worker.start.set_bit
            cpu1.stop sync_finish.read_state
            cpu1.stop sync_finish.ack_done
            cpu0 patch_worker.start.all
            cpu0 patch_worker.begin.tp
            cpu0 patch_worker.stage
            cpu0 patch_worker.store.tp.rel_addr
            cpu0 patch_worker.store.tp.native.len
            cpu0 patch_worker.store.tp.text
            cpu0 patch_worker.poke.site0.begin.desc
            cpu0 patch_worker.poke.site0.store.desc.vec
            cpu0 patch_worker.poke.site0.store.desc.nr_entries
            cpu0 patch_worker.poke.site0.store.desc.native
            cpu0 patch_worker.poke.site0.store.desc.refs.counter
            cpu0 patch_worker.poke.site0.bp_desc
            cpu0 patch_worker.poke.site0.SYNC_0.write
            cpu0 nmi
            cpu1.stop nmi
            cpu1.nmi spin_lock
            """;
    private static final String ROUND = """
            cpu1.nmi fetch site0 [cc]
            cpu1.bp read_bp_desc
            cpu1.bp try_get_desc
            cpu1.bp load.desc.nr_entries
            cpu1.bp load.desc.vec
            cpu1.bp load.tp.rel_addr
            cpu1.bp load.desc.native
            cpu1.bp read_primary
            cpu1.bp sync_site.wait_state
            cpu1.bp sync_site.read_state
            cpu1.bp sync_site.test_bit
            cpu1.bp put_desc
            cpu1.bp iret
            """;

    private static Entry entry(String expect, List<String> steps, String... more) {
        String text = "poke-corpus 1\nprotocol: naive\nscenario: cpus=2 site0=nop5->jmp32\nexpect: " + expect + "\n"
                + String.join("", more) + "schedule:\n  " + String.join("\n  ", steps) + "\n";
        return EntryParser.parse("a.poke", text);
    }

    private static Machine machine(Entry entry) {
        return new Machine(
                entry.scenario(),
                Catalog.find(entry.protocol())
                        .orElseThrow()
                        .record(entry.scenario().setting()));
    }

    private static ReplayResult replay(String expect, List<String> steps, String... more) {
        Entry entry = entry(expect, steps, more);
        return new Replay(entry, machine(entry), state -> false).run();
    }

    @Test
    void whatIsExpectedIsReproduced() {
        assertEquals(new ReplayResult(Outcome.REPRODUCED, "violated torn", 3), replay("violated torn", TORN));
        assertEquals(
                new ReplayResult(Outcome.REPRODUCED, "holds safe, of this schedule", 2),
                replay("holds safe", TORN.subList(0, 2)));
    }

    private static ReplayResult livelock(String steps) {
        String text = "poke-corpus 1\nprotocol: text_poke_late@rfc18\n"
                + "scenario: cpus=2 site0=pvcall->unlock thread=none nmi=1 nmi-work=lock\n"
                + "expect: violated livelock\nschedule:\n" + steps.indent(2);
        Entry entry = EntryParser.parse("a.poke", text);
        return new Replay(entry, machine(entry), state -> false).run();
    }

    @Test
    void aLoopIsFollowedAndJudged() {
        assertEquals(
                new ReplayResult(Outcome.REPRODUCED, "violated livelock", 54),
                livelock(STEM + ROUND + "loop:\n" + ROUND));
        assertEquals(
                new ReplayResult(
                        Outcome.OTHER,
                        "expected violated livelock, but the loop does not close: the state behind step 54 is not the one before"
                                + " step 43",
                        54),
                livelock(STEM + ROUND + ROUND.replaceFirst("\n", "\nloop:\n")));
        assertEquals(
                Outcome.DIVERGED,
                livelock(STEM + ROUND + "loop:\n" + ROUND + "cpu0 nmi\n").outcome());
    }

    /** cpu0 could take its patch on: without the NMI that keeps it from that, nobody is put off but the patcher. */
    @Test
    void aLoopThatPutsSomebodyOffIsNoLivelock() {
        assertEquals(
                "expected violated livelock, but the loop is not fair: it puts off \"cpu0 patch_worker.poke.site0.SYNC_0.state\""
                        + " for ever",
                livelock(STEM.replace("cpu0 nmi\n", "") + ROUND + "loop:\n" + ROUND)
                        .message());
    }

    @Test
    void aTruncatedScheduleIsNotReproduced() {
        assertEquals(
                new ReplayResult(
                        Outcome.OTHER,
                        "expected violated torn, but the schedule ends after step 2 and nothing is wrong there;"
                                + " was it truncated or edited?",
                        2),
                replay("violated torn", TORN.subList(0, 2)));
    }

    @Test
    void anotherViolationIsNamed() {
        assertEquals(
                new ReplayResult(Outcome.OTHER, "expected violated stale, but step 3 violates torn", 3),
                replay("violated stale", TORN));
        assertEquals(
                new ReplayResult(Outcome.OTHER, "expected holds none, but step 3 violates torn", 3),
                replay("holds none", TORN));
    }

    @Test
    void anEditedStepDiverges() {
        ReplayResult result =
                replay("violated torn", List.of(TORN.get(0), "cpu0 memcpy.site0 site0+0 [e8]", TORN.get(2)));
        assertEquals(Outcome.DIVERGED, result.outcome());
        assertEquals(1, result.steps());
        assertTrue(result.message().startsWith("step 2: expected \"cpu0 memcpy.site0 site0+0 [e8]\"; enabled: "));
        assertTrue(result.message()
                .endsWith("a typing error or a renamed step, if \"cpu0 memcpy.site0 site0+0 [e9]\" is meant"));
    }

    @Test
    void stepsBehindTheViolationDiverge() {
        ReplayResult result = replay("violated torn", List.of(TORN.get(0), TORN.get(1), TORN.get(2), TORN.get(2)));
        assertEquals(Outcome.DIVERGED, result.outcome());
        assertTrue(result.message().contains("step 4"));
    }

    private static final String PRESENT =
            Fingerprint.of(machine(entry("violated torn", TORN)).protocol());
    private static final String CHANGED =
            "the protocol has changed since the entry was written (fingerprint ir1-0000000000000000 then, " + PRESENT
                    + " now); ";

    @Test
    void aChangedProtocolNeverPasses() {
        String old = "fingerprint: ir1-0000000000000000\n";
        assertEquals(
                new ReplayResult(Outcome.CHANGED, CHANGED + "its schedule still shows: violated torn", 3),
                replay("violated torn", TORN, old));
        assertEquals(
                new ReplayResult(
                        Outcome.CHANGED, CHANGED + "its schedule still shows: holds safe, of this schedule", 2),
                replay("holds safe", TORN.subList(0, 2), old));
        assertEquals(
                new ReplayResult(
                        Outcome.CHANGED,
                        CHANGED
                                + "its schedule now shows something else: expected violated stale, but step 3 violates torn",
                        3),
                replay("violated stale", TORN, old));
        ReplayResult diverged = replay("violated torn", List.of("cpu0 renamed"), old);
        assertEquals(Outcome.CHANGED, diverged.outcome());
        assertTrue(
                diverged.message()
                        .startsWith(
                                CHANGED + "its schedule can no longer be followed: step 1: expected \"cpu0 renamed\""),
                diverged.message());
    }

    @Test
    void anUnchangedProtocolIsNotMentioned() {
        for (String line : List.of("", "fingerprint: " + PRESENT + "\n")) {
            assertEquals(new ReplayResult(Outcome.REPRODUCED, "violated torn", 3), replay("violated torn", TORN, line));
            assertEquals(Outcome.OTHER, replay("violated stale", TORN, line).outcome());
        }
    }
}
