// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.compare.Histories.Difference;
import dev.pokecheck.explore.search.Graph;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Watch;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    private static final long A = 7;
    private static final long B = 3;
    private static final long C = 5;

    private static Histories of(TransitionSystem system) {
        return Histories.of(system, 1, SearchOptions.UNBOUNDED).orElseThrow();
    }

    private static Optional<Difference> difference(TransitionSystem one, TransitionSystem other) {
        return of(one).differenceOf(of(other));
    }

    @Test
    void invisibleStepsDoNotCount() {
        Graph one = new Graph(4).says(0, 1, A).edge(1, 2, 0).says(2, 3, B);
        Graph other = new Graph(5)
                .edge(0, 1, 0)
                .edge(1, 0, 0)
                .says(1, 2, A)
                .says(2, 3, B)
                .edge(3, 4, 0);
        assertEquals(Optional.empty(), difference(one, other));
        assertEquals(3, of(one).size());
    }

    @Test
    void severalEventsOfOneStepAreLikeSeveralSteps() {
        Graph one = new Graph(2).says(0, 1, A, B, C).says(1, 1, B, C);
        Graph other = new Graph(4).says(0, 1, A).says(1, 2, B).says(2, 3, C).says(3, 2, B);
        assertEquals(Optional.empty(), difference(one, other));
        assertEquals(Optional.empty(), difference(other, one));
    }

    @Test
    void whenAChoiceIsMadeDoesNotCount() {
        Graph early = new Graph(5).says(0, 1, A).says(1, 2, B).says(0, 3, A).says(3, 4, C);
        Graph late = new Graph(4).says(0, 1, A).says(1, 2, B).says(1, 3, C);
        assertEquals(Optional.empty(), difference(early, late));
    }

    @Test
    void whatOneHasAndTheOtherHasNotIsShown() {
        Graph less = new Graph(3).says(0, 1, A).says(1, 2, B);
        Graph more = new Graph(4).says(0, 1, A).says(1, 2, B).edge(1, 3, 0).says(3, 3, C);
        assertEquals(Optional.of(new Difference(List.of(A), C, true)), difference(less, more));
        assertEquals(Optional.of(new Difference(List.of(A), C, false)), difference(more, less));
    }

    @Test
    void whatIsAddedComesBeforeWhatIsMissing() {
        Graph one = new Graph(3).says(0, 1, A).says(0, 2, C).says(1, 2, B);
        Graph other = new Graph(3).says(0, 1, A).says(1, 2, B).says(2, 2, B);
        assertEquals(Optional.of(new Difference(List.of(A, B), B, true)), difference(one, other));
        assertEquals(
                Optional.of(new Difference(List.of(A, B), B, false)),
                difference(other, new Graph(3).says(0, 1, A).says(1, 2, B)));
    }

    @Test
    void nothingCountsBehindAPrunedIncident() {
        Graph one = new Graph(3).says(0, 1, A);
        Graph other = new Graph(3).says(0, 1, A).edge(1, 2, 1).says(2, 2, B);
        assertEquals(Optional.empty(), difference(one, other));
        assertTrue(difference(one, new Graph(3).says(0, 1, A).edge(1, 2, 2).says(2, 2, B))
                .isPresent());
    }

    @Test
    void aBoundLeavesNothing() {
        Graph graph = Graph.of(3, "0>1 1>2");
        assertTrue(Histories.of(graph, 0, 2).isEmpty());
        assertTrue(Histories.of(graph, 0, 3).isPresent());
    }

    /** What the reductions merge is invisible, and what is watched is worked out from a history. */
    @Test
    void reductionsAndWatchesLeaveTheHistoriesOfProtocolsAsTheyAre() {
        same("text_poke_bp_batch", "cpus=2 site0=nop2->jmp8->nop2 thread=foreign data=tso");
        same("text_poke_bp_batch@no-sync3", "cpus=2 site0=nop5->call nmi=1 nmi-work=site");
        same("text_poke_late@repaired", "cpus=2 site0=nop2->jmp8 thread=none nmi=1 nmi-work=site");
        same("smp_text_poke_batch", "cpus=2 site0=nop2->jmp8 site1=jcc32->jcc32 irq=1");
        same("stop_machine", "cpus=2 site0=call->unlock chunk=8 nmi=1 nmi-work=lock");
    }

    private static void same(String protocol, String text) {
        Scenario scenario = ScenarioText.parse(text);
        Histories plain = of(scenario.with(s -> s.watch(Watch.NOTHING).reduce(false)), protocol);
        Histories reduced = of(scenario.with(s -> s.watch(Watch.ALL).reduce(true)), protocol);
        assertEquals(Optional.empty(), plain.differenceOf(reduced), protocol);
        assertTrue(plain.size() > 5, protocol + " has " + plain.size());
    }

    private static Histories of(Scenario scenario, String protocol) {
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        return Histories.of(machine, Incidents.FATAL, SearchOptions.UNBOUNDED).orElseThrow();
    }

    /** The fetch models allow more and more; so do the histories. */
    @Test
    void aModelThatAllowsMoreAddsHistories() {
        Scenario coherent = ScenarioText.parse("cpus=2 site0=nop5->jmp32 fetch=coherent nmi=1 nmi-work=site");
        Histories less = of(coherent, "text_poke_bp_batch");
        Histories more = of(coherent.with(s -> s.fetch(FetchModel.STALE_CHUNK)), "text_poke_bp_batch");
        assertTrue(less.differenceOf(more).orElseThrow().added());
        assertTrue(!more.differenceOf(less).orElseThrow().added());
    }
}
