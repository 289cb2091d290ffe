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
    void markdownJsonAndBounds() {
        String table = Outcome.of("levels naive --models coherent --markdown").out();
        assertTrue(table.startsWith("| protocol | coherent      |\n| ---"), table);
        String json = Outcome.of("levels naive@sync --models coherent --json").out();
        assertTrue(json.contains("\"level\": \"none\", \"bar\": \"torn\", \"steps\": 3"), json);
        Outcome bounded = Outcome.of("levels stop_machine --models stale-chunk --max-states 10");
        assertEquals(4, bounded.code());
        assertTrue(bounded.out().contains("stop_machine  ?"), bounded.out());
        assertEquals(2, Outcome.of("levels nothing@*").code());
    }
}
