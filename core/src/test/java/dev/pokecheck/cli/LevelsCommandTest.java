// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LevelsCommandTest {
    @Test
    void aLevelComesWithWhatBarsTheNext() {
        Outcome outcome =
                Outcome.of("levels text_poke_bp_batch@* --models coherent,stale-chunk --nmi 1 --nmi-work site");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(
                outcome.out().contains("\ntext_poke_bp_batch              atomic             regular (backwards "),
                outcome.out());
        assertTrue(
                outcome.out().contains("\ntext_poke_bp_batch@no-sync1     atomic             none (torn "),
                outcome.out());
        assertTrue(outcome.out().contains("\ntext_poke_bp_batch@no-sync3     unhandled-int3 "), outcome.out());
    }

    @Test
    void pairedSitesHaveALevelOfTheirOwn() {
        Outcome outcome = Outcome.of(
                "levels text_poke_late@repaired text_poke_late@captured --models coherent --workload none --nmi 1"
                        + " --nmi-work site --sites nop5->call,call->nop5");
        assertTrue(outcome.out().contains("repaired  atomic (group "), outcome.out());
        assertTrue(outcome.out().contains("captured  group\n"), outcome.out());
    }

    @Test
    void aHandshakeThatHoldsHasNoLevelAndIsNotVacuous() {
        String handshake = "levels text_poke_late@rfc18+clear-first --workload none --models coherent";
        assertTrue(
                Outcome.of(handshake).lastLine().endsWith("  holds, no level"),
                Outcome.of(handshake).out());
        assertTrue(Outcome.of(handshake + " --json").out().contains("\"verdict\": \"holds\", \"level\": null"));
        Outcome vacuous = Outcome.of("levels naive --workload none --models coherent");
        assertTrue(vacuous.lastLine().matches("naive +vacuous"), vacuous.out());
    }

    @Test
    void aRefusalLeavesAGapAndIsNamedBelow() {
        String[] scenarios = {
            "levels", "naive", "kprobe", "--in", "cpus=2 site0=nop2->jmp8", "--in", "cpus=2 site0=nop5->probe->nop5"
        };
        Outcome outcome = Outcome.of(scenarios);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(
                outcome.lines().get(1).matches("cpus=2 site0=nop2->jmp8 +none \\(torn 3\\) +refused"), outcome.out());
        assertTrue(outcome.lines().get(2).matches("cpus=2 site0=nop5->probe->nop5 +\\S.* +atomic"), outcome.out());
        assertTrue(
                outcome.lastLine().startsWith("refused    cpus=2 site0=nop2->jmp8, kprobe: kprobe: a kprobe puts a"),
                outcome.out());
        Outcome json = Outcome.of("levels naive kprobe --models coherent --sites nop2->jmp8 --json");
        assertTrue(json.out().contains("\"refused\": \"kprobe: a kprobe puts"), json.out());
        assertTrue(json.out().contains("\"level\": \"none\""), json.out());
    }

    @Test
    void whereAllIsRefusedThereIsNoTable() {
        Outcome outcome = Outcome.of("levels kprobe --models coherent --sites nop2->jmp8");
        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("a kprobe puts a breakpoint on"), outcome.err());
    }

    /** A word that a column overrules would be a lie above the table. */
    @Test
    void theHeadLeavesOutWhatColumnsOverrule() {
        Outcome models = Outcome.of("levels naive --models coherent,stale-head --chunk 8");
        assertEquals(
                "scenario   cpus=2 site0=nop5->jmp32 chunk=8", models.lines().get(0));
        Outcome one = Outcome.of("levels naive --models coherent --chunk 8");
        assertEquals("scenario   cpus=2 site0=nop5->jmp32 chunk=8", one.lines().get(0));
    }

    @Test
    void scenariosCanBeRows() {
        Outcome outcome = Outcome.of(
                "levels",
                "naive",
                "stop_machine",
                "--all",
                "--in",
                "cpus=2 site0=nop5->jmp32 fetch=coherent",
                "--in",
                "cpus=2 site0=nop2->jmp8 nmi=1 nmi-work=site");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(3, outcome.lines().size(), outcome.out());
        assertTrue(outcome.lines().get(0).matches("scenario +naive +stop_machine"), outcome.out());
        assertTrue(
                outcome.lines().get(1).matches("cpus=2 site0=nop5->jmp32 fetch=coherent +none \\(torn 3\\) +atomic"),
                outcome.out());
        assertTrue(outcome.lines().get(2).contains("none (torn "), outcome.out());
        assertEquals(2, Outcome.of("levels", "naive", "--in", "nonsense").code());
        Outcome both = Outcome.of("levels", "naive", "--in", "cpus=2 site0=nop5->jmp32", "--nmi", "1");
        assertEquals(2, both.code());
        assertTrue(both.err().contains("--in has a whole scenario"), both.err());
    }

    @Test
    void markdownJsonAndBounds() {
        String table = Outcome.of("levels naive --models coherent --markdown").out();
        assertTrue(table.startsWith("| protocol | coherent      |\n| ---"), table);
        String json = Outcome.of("levels naive@sync --models coherent --json").out();
        assertTrue(json.contains("\"level\": \"none\", \"bar\": \"torn\", \"steps\": 3"), json);
        Outcome bounded = Outcome.of("levels stop_machine --models stale-chunk --max-states 10");
        assertEquals(4, bounded.code());
        assertTrue(bounded.out().contains("stop_machine  ?"), bounded.out());
        Outcome found = Outcome.of("levels naive --models stale-chunk --max-states 5");
        assertEquals(4, found.code());
        assertTrue(found.out().contains("naive     ? (torn 3)"), found.out());
        assertEquals(2, Outcome.of("levels nothing@*").code());
    }
}
