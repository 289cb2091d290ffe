// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.search.SearchResult.Stuck;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.ActionList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StuckCheckTest {
    private static final SearchOptions OPTIONS = SearchOptions.defaults().stuck(true);

    @ParameterizedTest
    @EnumSource
    void aBusyRegionWithoutAWayOutIsStuck(Storage storage) {
        Graph graph = Graph.of(6, "0>1 1>2 2>0 1>3 3>4 4>5 5>3").complete(2);
        SearchResult result = Search.run(graph, OPTIONS.storage(storage));
        assertEquals(Stuck.FOUND, result.stuck());
        assertEquals(End.EXHAUSTED, result.end());
        assertEquals(0, result.deadEnds());
        assertEquals(List.of(Finding.stuck(new int[] {0, 3})), result.findings());
        assertEquals(7, result.transitions());
    }

    @Test
    void aLoopWithAWayOutIsNotStuck() {
        Graph graph = Graph.of(6, "0>1 1>2 2>0 1>3 3>4 4>5 5>3 5>0").complete(2);
        assertEquals(Stuck.NONE, Search.run(graph, OPTIONS).stuck());
        assertEquals(List.of(), Search.run(graph, OPTIONS).findings());
    }

    @Test
    void theInitialStateMayBeStuck() {
        SearchResult result = Search.run(Graph.of(2, "0>1 1>0"), OPTIONS);
        assertEquals(List.of(Finding.stuck(new int[0])), result.findings());
    }

    @Test
    void waysOutThatLeadBackNeedSeveralSweeps() {
        Graph graph = Graph.of(6, "0>1 0>2 0>3 0>4 1>5 2>1 3>2 4>3").complete(5);
        assertEquals(Stuck.NONE, Search.run(graph, OPTIONS).stuck());
    }

    /** A long way that can be gone in both directions, with the end where it begins. */
    @Test
    void aLongWayBackNeedsFewSweeps() {
        Grid line = new Grid(20_000) {
            @Override
            public void enabled(long[] state, ActionList actions) {
                super.enabled(state, actions);
                actions.add(-1);
            }

            @Override
            public long apply(long[] state, int action) {
                state[0] = action == 0 ? state[0] + 1 : Math.max(0, state[0] - 1);
                return 0;
            }

            @Override
            public boolean complete(long[] state) {
                return state[0] == 0;
            }
        };
        int[] polls = {0};
        SearchResult result = Search.run(line, OPTIONS.budget(() -> ++polls[0] > 20 ? "too many sweeps" : null));
        assertEquals(Stuck.NONE, result.stuck());
    }

    @Test
    void prunedStatesAreNotStuckNorWhatLeadsToThem() {
        Graph state = Graph.of(4, "0>1 1>2 2>1").edge(0, 3, 0).complete(3).shows(2, 1);
        assertEquals(Stuck.NONE, Search.run(state, OPTIONS.pruneOn(1)).stuck());
        assertEquals(Stuck.FOUND, Search.run(state, OPTIONS).stuck());
    }

    @Test
    void aPrunedStepIsAWayOut() {
        Graph step = Graph.of(4, "0>1 0>3").edge(1, 2, 1).edge(1, 1, 0).complete(3);
        SearchResult pruned = Search.run(step, OPTIONS.pruneOn(1));
        assertEquals(Stuck.NONE, pruned.stuck());
        assertEquals(3, pruned.states());
    }

    @Test
    void aPrunedInitialState() {
        Graph graph = Graph.of(2, "0>1").shows(0, 1);
        assertEquals(Stuck.NONE, Search.run(graph, OPTIONS.pruneOn(1)).stuck());
    }

    @Test
    void deadEndsAreStuckOnlyIfNobodyElseReportsThem() {
        Graph graph = Graph.of(3, "0>1 0>2").complete(2);
        SearchResult reported = Search.run(graph, OPTIONS);
        assertEquals(Stuck.NONE, reported.stuck());
        assertEquals(List.of(Finding.deadlock(new int[] {0})), reported.findings());
        SearchResult ignored = Search.run(graph, OPTIONS.deadEnds(DeadEndPolicy.IGNORE));
        assertEquals(List.of(Finding.stuck(new int[] {0})), ignored.findings());
    }

    @Test
    void aSearchThatStoppedDecidesNothing() {
        Graph graph = new Graph(2).edge(0, 1, 1).edge(1, 0, 0);
        assertEquals(Stuck.NOT_DECIDED, Search.run(graph, OPTIONS.stopOn(1)).stuck());
        assertEquals(Stuck.NOT_ASKED, Search.run(graph, OPTIONS.stuck(false)).stuck());
    }

    @Test
    void philosophersAreStuckOnlyInTheirDeadlock() {
        Philosophers diners = new Philosophers(5) {
            @Override
            public boolean complete(long[] state) {
                return state[0] == 2;
            }
        };
        SearchResult result = Search.run(diners, OPTIONS.deadEnds(DeadEndPolicy.IGNORE));
        assertEquals(List.of(Finding.stuck(new int[] {0, 1, 2, 3, 4})), result.findings());
    }
}
