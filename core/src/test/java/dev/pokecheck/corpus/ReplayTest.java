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

    private static ReplayResult replay(String expect, List<String> steps, String... more) {
        String text = "poke-corpus 1\nprotocol: naive\nscenario: cpus=2 site0=nop5->jmp32\nexpect: " + expect + "\n"
                + String.join("", more) + "schedule:\n  " + String.join("\n  ", steps) + "\n";
        Entry entry = EntryParser.parse("a.poke", text);
        Machine machine = new Machine(
                entry.scenario(),
                Catalog.find("naive").orElseThrow().record(entry.scenario().setting()));
        return new Replay(entry, machine, state -> false).run();
    }

    @Test
    void whatIsExpectedIsReproduced() {
        assertEquals(new ReplayResult(Outcome.REPRODUCED, "violated torn", 3), replay("violated torn", TORN));
        assertEquals(
                new ReplayResult(Outcome.REPRODUCED, "holds safe, of this schedule", 2),
                replay("holds safe", TORN.subList(0, 2)));
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

    @Test
    void aChangedProtocolIsToldOnlyIfTheReplayFails() {
        String changed = "; the protocol has changed since the entry was written";
        ReplayResult fails = replay("violated stale", TORN, "fingerprint: 00000000\n");
        assertTrue(fails.message().contains(changed), fails.message());
        assertEquals(
                "violated torn",
                replay("violated torn", TORN, "fingerprint: 00000000\n").message());
    }
}
