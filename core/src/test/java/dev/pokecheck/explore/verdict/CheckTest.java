// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Verdicts, each kind of them, on the smallest shipped protocols. */
class CheckTest {
    private static final CheckOptions DEFAULTS = CheckOptions.defaults();

    private static Machine machine(String protocol, UnaryOperator<ScenarioBuilder> change, String... sites) {
        List<SiteSpec> specs = List.of(sites).stream().map(SiteSpec::parse).toList();
        Scenario scenario = Scenario.of(specs.isEmpty() ? List.of(SiteSpec.parse("nop5->jmp32")) : specs)
                .with(change);
        return new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
    }

    /** One aligned store, seen as a whole: old code can run for ever, but nothing is ever torn. */
    private static Machine wholeButStale() {
        return machine("naive", b -> b.fetch(FetchModel.STALE_INSN).split(StoreSplit.WORD));
    }

    private static List<Property> found(Verdict verdict) {
        return verdict.findings().stream().map(Violation::property).toList();
    }

    private static Property decided(Verdict verdict) {
        return verdict.violation().orElseThrow().property();
    }

    @Test
    void stopsAtTheFirstViolation() {
        Verdict verdict = Check.search(machine("naive", b -> b), DEFAULTS);
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(List.of(Property.TORN), found(verdict));
        assertEquals(3, verdict.violation().orElseThrow().depth());
        assertEquals(Optional.empty(), verdict.level());
        assertEquals("VIOLATED: torn after 3 steps (bytes of no version were executed)", verdict.sentence());
    }

    @Test
    void allGoesOnAndReportsEachPropertyOnce() {
        Verdict verdict = Check.search(machine("naive", b -> b), DEFAULTS.all(true));
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(List.of(Property.TORN, Property.STALE, Property.BACKWARDS), found(verdict));
        assertEquals(Property.TORN, decided(verdict));
        assertEquals(Optional.of(Level.NONE), verdict.level());
    }

    @Test
    void exhaustedWithoutAnythingIsTheStrongestLevel() {
        Verdict verdict = Check.search(machine("text_poke_bp_batch", b -> b), DEFAULTS);
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.of(Level.ATOMIC), verdict.level());
        assertEquals(List.of(), verdict.findings());
        assertEquals(Optional.empty(), verdict.violation());
    }

    @Test
    void levelGroupNeedsTwoSites() {
        CheckOptions group = DEFAULTS.require(Level.GROUP);
        Verdict one = Check.search(machine("text_poke_bp_batch", b -> b), group);
        assertEquals(Optional.of(Level.ATOMIC), one.level());
        assertEquals(List.of("level group of one site is no more than level atomic"), one.notes());
        Verdict two = Check.search(machine("text_poke_bp_batch", b -> b, "nop5->call", "call->nop5"), group);
        assertEquals(Property.GROUP, decided(two));
        Verdict held = Check.search(machine("stop_machine", b -> b, "nop5->call", "call->nop5"), group);
        assertEquals(Kind.VIOLATED, held.kind(), "a thread may be stopped between two sites");
    }

    @Test
    void aWeakerFindingBarsTheNextLevelOnly() {
        Verdict verdict = Check.search(wholeButStale(), DEFAULTS);
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.of(Level.SAFE), verdict.level());
        assertEquals(List.of(Property.STALE, Property.BACKWARDS), found(verdict));
        assertEquals(Property.STALE, decided(verdict));
    }

    @Test
    void aRequiredLevelMakesItFatal() {
        Verdict verdict = Check.search(wholeButStale(), DEFAULTS.require(Level.REGULAR));
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(Property.STALE, decided(verdict));
        assertEquals(Optional.empty(), verdict.level());
    }

    @Test
    void noLevelIsClaimedBeyondWhatWasWatched() {
        Machine machine = machine("text_poke_bp_batch", b -> b.watch(Level.SAFE.watch()));
        assertEquals(
                Optional.of(Level.SAFE),
                Check.search(machine, DEFAULTS.require(Level.SAFE)).level());
    }

    @Test
    void noLevelIsClaimedIfOnlySomePropertiesAreLookedFor() {
        Verdict verdict =
                Check.search(machine("naive", b -> b), DEFAULTS.lookFor(EnumSet.of(Property.DEADLOCK, Property.BUG)));
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.empty(), verdict.level());
        assertTrue(verdict.notes().contains("runs were not followed beyond torn, which was not looked for"));
    }

    @Test
    void aDeadlockStopsTheSearch() {
        Verdict verdict = Check.search(machine("text_poke_late@rfc18", b -> b), DEFAULTS);
        assertEquals(Property.DEADLOCK, decided(verdict));
    }

    @Test
    void nobodyWhoExecutesIsVacuous() {
        Verdict verdict = Check.search(machine("naive", b -> b.thread(ThreadWork.NONE)), DEFAULTS);
        assertEquals(Kind.VACUOUS, verdict.kind());
        assertEquals(List.of("a site executed during or after the patch call"), verdict.missing());
        assertEquals(Optional.empty(), verdict.level());
    }

    @Test
    void anNmiThatWasPromisedAndCameIsNotVacuous() {
        Machine machine = machine(
                "text_poke_bp_batch", b -> b.nmis(1).nmiWork(InterruptWork.SITE).thread(ThreadWork.NONE));
        assertEquals(Kind.HOLDS, Check.search(machine, DEFAULTS).kind());
    }

    @Test
    void aBoundIsNoProof() {
        SearchOptions bounded = SearchOptions.defaults().maxStates(100);
        Verdict verdict = Check.search(machine("text_poke_bp_batch", b -> b), DEFAULTS.search(bounded));
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        assertEquals(Optional.empty(), verdict.level());
        assertEquals(
                "NO VIOLATION WITHIN a bound of 100 states; 100 states visited, nothing is known of the others",
                verdict.sentence());
    }

    @Test
    void aSpentBudgetIsNamed() {
        SearchOptions bounded = SearchOptions.defaults().budget(() -> "a bound of 0 seconds");
        Machine machine = machine("text_poke_bp_batch", b -> b, "nop5->call", "call->nop5");
        Verdict verdict = Check.search(machine, DEFAULTS.search(bounded));
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        assertEquals("a bound of 0 seconds", verdict.bounds());
    }

    @Test
    void aSampleIsASample() {
        Verdict held = sample("text_poke_bp_batch", 50);
        assertEquals(Kind.SAMPLED, held.kind());
        assertEquals(Optional.empty(), held.level());
        assertEquals(
                "SAMPLED 50 runs of at most 200 steps, random; no violation met, nothing is known of other runs",
                held.sentence());
        Verdict torn = sample("naive", 50);
        assertEquals(Kind.VIOLATED, torn.kind());
        assertEquals(Property.TORN, decided(torn));
    }

    private static Verdict sample(String protocol, int runs) {
        return Check.sample(machine(protocol, b -> b), DEFAULTS, new RandomScheduler(1), "random", runs, 200);
    }

    @Test
    void schedulesAreThoseOfTheMachineWithoutReduction() {
        Machine reduced = machine("text_poke_late@rfc18", b -> b.reduce(true));
        Machine full = machine("text_poke_late@rfc18", b -> b);
        Verdict verdict = Check.search(reduced, DEFAULTS);
        int[] schedule = verdict.violation().orElseThrow().finding().schedule();
        assertEquals(schedule.length, ActionNames.of(full, schedule).size());
    }
}
