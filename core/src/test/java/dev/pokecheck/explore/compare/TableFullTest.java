// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.Order;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SmallTables;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches and samples that a table of the machine ends. */
class TableFullTest {
    private static final Scenario SCENARIO = ScenarioText.parse(
                    "cpus=2 site0=nop5->jmp32@62 thread=none fetch=stale-insn chunk=8 nmi=1 nmi-work=site")
            .with(b -> b.watch(Level.GROUP.watch()).reduce(true));

    private static Protocol protocol(String name) {
        return protocol(name, SCENARIO);
    }

    private static Protocol protocol(String name, Scenario scenario) {
        return Catalog.find(name).orElseThrow().record(scenario.setting());
    }

    private static Machine machine(String name, int histories) {
        return SmallTables.histories(SCENARIO, protocol(name), histories);
    }

    /** How many histories a search to the end meets. */
    private static int all(String name, CheckOptions options) {
        Machine machine = new Machine(SCENARIO, protocol(name));
        Check.search(machine, options);
        return SmallTables.met(machine);
    }

    @ParameterizedTest
    @EnumSource
    void theLastHistoryFitsAndOneLessIsABound(Order order) {
        CheckOptions options =
                CheckOptions.defaults().search(SearchOptions.defaults().order(order));
        int histories = all("text_poke_bp_batch", options);
        Verdict whole = Check.search(new Machine(SCENARIO, protocol("text_poke_bp_batch")), options);
        assertEquals(Kind.HOLDS, whole.kind());
        assertEquals(
                whole.sentence(),
                Check.search(machine("text_poke_bp_batch", histories), options).sentence());
        Verdict less = Check.search(machine("text_poke_bp_batch", histories - 1), options);
        assertEquals(Kind.NO_VIOLATION_WITHIN, less.kind());
        assertEquals(Optional.empty(), less.level());
        assertTrue(
                less.sentence()
                        .startsWith("NO VIOLATION WITHIN the table of fetch histories of site0 (full with "
                                + (histories - 1) + "); "),
                less.sentence());
        assertTrue(less.effort().states() < whole.effort().states());
    }

    @Test
    void aViolationBeforeTheBoundIsOne() {
        CheckOptions options = CheckOptions.defaults();
        int histories = all("naive", options);
        Verdict verdict = Check.search(machine("naive", histories), options);
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(Property.TORN, verdict.violation().orElseThrow().property());
    }

    /** Of a search that goes on at violations it is said that it did not come to its end. */
    @Test
    void aViolationAndThenTheBoundAreBothTold() {
        Verdict verdict =
                Check.search(machine("naive", 12), CheckOptions.defaults().all(true));
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertTrue(
                verdict.sentence()
                        .endsWith(
                                "; the search went on, and ended at the table of fetch histories of site0 (full with 12)"),
                verdict.sentence());
        assertEquals(Optional.empty(), verdict.level());
    }

    /** Also where nothing of the table is left for what a report asks that the search did not. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 14})
    void whatWasFoundBeforeTheBoundIsReported(int histories) {
        CheckOptions options = CheckOptions.defaults().all(true).require(Level.NONE);
        Scenario threads = SCENARIO.with(b -> b.thread(ThreadWork.LOOP));
        Machine machine = SmallTables.histories(threads, protocol("naive", threads), histories);
        Verdict verdict = Check.search(machine, options);
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        Violation torn = verdict.findings().get(0);
        assertEquals(Property.TORN, torn.property());
        int[] schedule = torn.finding().schedule();
        assertEquals(torn.depth(), ActionNames.of(machine.unreduced(), schedule).size());
        assertTrue(TextTimeline.of(Tracer.run(machine.unreduced(), schedule)).contains("torn"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 20, 32})
    void aTableOfFetchedInstructionsIsABound(int fetches) {
        CheckOptions options = CheckOptions.defaults().all(true).require(Level.NONE);
        Machine machine =
                SmallTables.fetches(SCENARIO.with(b -> b.fetch(FetchModel.STALE_CHUNK, 1)), protocol("naive"), fetches);
        Verdict verdict = Check.search(machine, options);
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        assertEquals("the table of fetched instructions of site0 (full with " + fetches / 2 + ")", verdict.bounds());
        for (Violation violation : verdict.findings()) {
            Tracer.run(machine.unreduced(), violation.finding().schedule());
        }
        assertFalse(verdict.findings().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSampleEndsThere(boolean random) {
        Machine machine = machine("text_poke_bp_batch", 12);
        Scheduler scheduler = random ? new RandomScheduler(1) : new PctScheduler(machine, 1, 3, 500);
        Verdict verdict = Check.sample(machine, CheckOptions.defaults(), scheduler, "some scheduler", 1000, 500);
        assertEquals(Kind.SAMPLED, verdict.kind());
        assertTrue(verdict.effort().transitions() > 0);
        assertTrue(
                verdict.bounds()
                        .matches("\\d+ runs? of at most 500 steps, some scheduler, the table of fetch histories of"
                                + " site0 \\(full with 12\\)"),
                verdict.bounds());
    }

    @Test
    void histories() {
        int histories = all("text_poke_bp_batch", CheckOptions.defaults());
        long ends = Incidents.FATAL;
        assertTrue(Histories.of(machine("text_poke_bp_batch", histories), ends, SearchOptions.UNBOUNDED)
                .isPresent());
        assertTrue(Histories.of(machine("text_poke_bp_batch", histories - 1), ends, SearchOptions.UNBOUNDED)
                .isEmpty());
    }

    /** Of what cannot be searched to its end nothing is claimed. */
    @Test
    void stuckStates() {
        Machine machine = machine("text_poke_bp_batch", 12);
        long[] state = new long[machine.words()];
        machine.initial(state);
        assertFalse(StuckState.isStuck(machine, state));
    }

    @Test
    void theNextSearchOfTheSameMachineEndsThereToo() {
        CheckOptions options = CheckOptions.defaults();
        Machine machine = machine("text_poke_bp_batch", 12);
        String sentence = Check.search(machine, options).sentence();
        assertEquals(sentence, Check.search(machine, options).sentence());
    }

    /** A search that another goes on with has the same bound: nothing is left that could go on. */
    @Test
    void nothingIsKeptToGoOnFrom() {
        List<Boolean> ended = new ArrayList<>();
        Checkpoints checkpoints = new Checkpoints() {
            @Override
            public boolean due() {
                return false;
            }

            @Override
            public void save(Snapshot snapshot) {
                throw new AssertionError("nothing was due");
            }

            @Override
            public void ended(boolean atBound) {
                ended.add(atBound);
            }

            @Override
            public @Nullable CheckpointInput former() {
                return null;
            }
        };
        SearchResult result = Search.run(
                machine("text_poke_bp_batch", 12), SearchOptions.defaults().checkpoints(checkpoints));
        assertEquals(SearchResult.End.TABLE_FULL, result.end());
        assertEquals("the table of fetch histories of site0 (full with 12)", result.reason());
        assertEquals(List.of(false), ended);
    }
}
