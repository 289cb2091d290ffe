// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MutateCommandTest {
    @Test
    void theMatrixEndsInAScore() {
        Outcome outcome = Outcome.of("mutate text_poke_bp_batch --models stale-chunk --steps sync[123]:drop");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("scenario   a: cpus=2 site0=nop5->jmp32\n"), outcome.out());
        assertEquals("Mutation score: 3 of 3 (100 %) that are executed and not equivalent.", outcome.lastLine());
    }

    @Test
    void aFurtherScenarioIsTriedForSurvivors() {
        List<String> plain = Outcome.of(
                        "mutate text_poke_bp_batch --workload thread --steps put_desc:weaken --models stale-chunk")
                .lines();
        assertTrue(
                plain.get(plain.size() - 2)
                        .startsWith(
                                "1 mutants: 0 told apart, 0 not told apart though not the same, 0 equivalent, 1 equivalent at"),
                plain.toString());
        Outcome more = Outcome.of(
                "mutate",
                "text_poke_bp_batch",
                "--workload",
                "thread",
                "--steps",
                "put_desc:weaken",
                "--models",
                "stale-chunk",
                "--also",
                "cpus=2 site0=nop5->jmp32 nmi=1 nmi-work=site");
        assertTrue(more.out().contains("needed, in scenario b"), more.out());
    }

    /** A breakpoint of somebody else comes at any time: its handler finds what refs publishes, or NULL. */
    @Test
    void theOrderInWhichADescriptorIsPublishedIsTold() {
        Outcome outcome = Outcome.of(
                "mutate text_poke_bp_batch --workload foreign --steps (vec|nr_entries|publish):(drop|swap|hoist)");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().matches("(?s).*thread0/publish +before vec +bug \\d+ .* needed\n.*"), outcome.out());
        assertTrue(outcome.out().matches("(?s).*thread0/vec +dropped +bug \\d+ .* needed\n.*"), outcome.out());
        // Who finds the vector, but no entry, looks at the first, and that is not the breakpoint that was hit.
        assertTrue(
                outcome.out().matches("(?s).*thread0/nr_entries +swapped with publish +- .*same histories\n.*"),
                outcome.out());
        Outcome thread = Outcome.of("mutate text_poke_bp_batch --workload thread --steps publish:hoist");
        assertTrue(thread.out().matches("(?s).*thread0/publish +before vec +- .*same histories\n.*"), thread.out());
    }

    /** A protocol that a bound has kept from being shown to hold violates nothing. */
    @Test
    void aBoundIsNoViolation() {
        Outcome outcome = Outcome.of("mutate text_poke_bp_batch --workload thread --models coherent --max-states 20");
        assertEquals(4, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("NO VIOLATION WITHIN a bound of 20 states"), outcome.out());
        assertTrue(outcome.lastLine().startsWith("text_poke_bp_batch was not shown to hold under any"), outcome.out());
        assertEquals(
                1,
                Outcome.of("mutate naive --workload thread --models coherent").code());
    }

    /** Not in every build, as it takes minutes. All models take five times as long; they are in the document for the steps that matter. */
    @Tag("full")
    @Test
    void nothingOfTheRepairedProtocolIsLeftOver() {
        Outcome outcome = Outcome.of("mutate text_poke_late@repaired --models stale-chunk");
        assertEquals("Mutation score: 164 of 164 (100 %) that are executed and not equivalent.", outcome.lastLine());
        assertTrue(
                outcome.out()
                        .contains("\n371 mutants: 164 told apart, 0 not told apart though not the same, 21 equivalent,"
                                + " 107 equivalent at these bounds, 79 of"),
                outcome.out());
    }

    @Test
    void oneMutationIsShownWithItsInterleaving() {
        Outcome outcome =
                Outcome.of("mutate text_poke_bp_batch --show thread0/sync1:drop --models coherent,stale-head");
        assertTrue(outcome.out().startsWith("thread0/sync1:drop: dropped; needed\n\ncoherent: -\n"), outcome.out());
        assertTrue(outcome.out().contains("stale-head: torn 24\ntext_poke_bp_batch: torn in step 24\n"), outcome.out());
    }

    @Test
    void jsonHasEveryMutant() {
        String json =
                Outcome.of("mutate stop_machine --models stale-chunk --json").out();
        assertTrue(json.startsWith("{\"protocol\": \"stop_machine\", \"scenarios\": ["), json);
        assertTrue(json.contains("\"fate\": \"killed\""), json);
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        Outcome violated = Outcome.of("mutate naive");
        assertEquals(1, violated.code());
        assertTrue(violated.lastLine().startsWith("naive does not hold under any of the models"), violated.out());
        assertEquals(2, Outcome.of("mutate stop_machine --fetch coherent").code());
        assertEquals(2, Outcome.of("mutate stop_machine --steps [").code());
        assertEquals(2, Outcome.of("mutate stop_machine --show nothing").code());
        assertEquals(2, Outcome.of("mutate stop_machine --also nonsense").code());
        assertEquals(2, Outcome.of("mutate stop_machine --models nonsense").code());
    }
}
