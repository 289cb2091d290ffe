// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.explore.search.SearchResult.End;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded, what ends the search, what is pruned, and by which schedule. */
class SearchFindingsTest {
    private static final SearchOptions OPTIONS = SearchOptions.defaults().deadEnds(DeadEndPolicy.IGNORE);

    @Test
    void shortestScheduleOfTheClassicMutexBug() {
        SearchResult result = Search.run(new Mutex(false), OPTIONS.stopOn(Mutex.BOTH_INSIDE));
        assertEquals(End.STOPPED_AT_FINDING, result.end());
        Finding finding = result.findings().get(0);
        assertArrayEquals(new int[] {0, 1, 0, 1}, finding.schedule());
        assertEquals(4, finding.depth());
        assertEquals("INCIDENT 0 after [0, 1, 0, 1]", finding.toString());
    }

    /** The long way is edges 0 1 2, the short one edge 3; both raise incident 4 as they reach node 3. */
    private static Graph longAndShort() {
        return Graph.of(5, "0>1 1>2").edge(2, 3, 4).edge(0, 3, 4).edge(3, 4, 8);
    }

    @Test
    void breadthFirstTakesTheShortWay() {
        SearchResult result = Search.run(longAndShort(), OPTIONS);
        assertEquals(
                List.of(Finding.incident(4, new int[] {3}), Finding.incident(8, new int[] {3, 4})), result.findings());
        assertEquals(End.EXHAUSTED, result.end());
        assertEquals(5, result.states());
        assertEquals(5, result.transitions());
        assertEquals(2, result.depth());
    }

    @Test
    void anIncidentThatStopsEndsTheSearchAtOnce() {
        SearchResult result = Search.run(longAndShort(), OPTIONS.stopOn(4));
        assertEquals(End.STOPPED_AT_FINDING, result.end());
        assertEquals(2, result.transitions());
        assertEquals(List.of(Finding.incident(4, new int[] {3})), result.findings());
    }

    @Test
    void aPrunedStepIsReportedAndNotTaken() {
        SearchResult result = Search.run(longAndShort(), OPTIONS.pruneOn(4));
        assertEquals(End.EXHAUSTED, result.end());
        assertEquals(3, result.states());
        assertEquals(4, result.transitions());
        assertEquals(List.of(Finding.incident(4, new int[] {3})), result.findings());
    }

    @Test
    void theTargetOfAPrunedStepIsVisitedByAnotherStep() {
        Graph graph = new Graph(3).edge(0, 1, 1).edge(0, 1, 0).edge(1, 2, 2);
        SearchResult result = Search.run(graph, OPTIONS.pruneOn(1));
        assertEquals(3, result.states());
        assertEquals(
                List.of(Finding.incident(1, new int[] {0}), Finding.incident(2, new int[] {1, 2})), result.findings());
    }

    @Test
    void theTargetOfAPrunedStepIsInspected() {
        Graph graph = new Graph(2).edge(0, 1, 1).shows(1, 2);
        SearchResult result = Search.run(graph, OPTIONS.pruneOn(1));
        assertEquals(
                List.of(Finding.incident(1, new int[] {0}), Finding.incident(2, new int[] {0})), result.findings());
        assertEquals(1, result.states());
    }

    @Test
    void aPrunedStateCountsAndIsNotExpanded() {
        Graph graph = Graph.of(4, "0>1 1>2 2>3").shows(1, 2);
        SearchResult result = Search.run(graph, OPTIONS.pruneOn(2));
        assertEquals(2, result.states());
        assertEquals(1, result.transitions());
        assertEquals(List.of(Finding.incident(2, new int[] {0})), result.findings());
    }

    @Test
    void theInitialStateMayShowIncidents() {
        Graph graph = Graph.of(2, "0>1").shows(0, 6);
        SearchResult recorded = Search.run(graph, OPTIONS);
        assertEquals(List.of(Finding.incident(2, new int[0]), Finding.incident(4, new int[0])), recorded.findings());
        assertEquals(2, recorded.states());
        SearchResult stopped = Search.run(graph, OPTIONS.stopOn(4));
        assertEquals(End.STOPPED_AT_FINDING, stopped.end());
        assertEquals(0, stopped.transitions());
        SearchResult pruned = Search.run(graph, OPTIONS.pruneOn(2));
        assertEquals(End.EXHAUSTED, pruned.end());
        assertEquals(1, pruned.states());
        assertEquals(0, pruned.transitions());
    }

    @Test
    void everyBitIsAnIncidentUpToTheSign() {
        Graph graph = new Graph(2).edge(0, 1, Long.MIN_VALUE | 1);
        SearchResult result = Search.run(graph, OPTIONS);
        assertEquals(
                List.of(Finding.incident(1, new int[] {0}), Finding.incident(Long.MIN_VALUE, new int[] {0})),
                result.findings());
    }

    @Test
    void deadEndsAreIgnoredRecordedOrStopped() {
        Graph graph = Graph.of(4, "0>1 0>2 2>3").complete(3);
        assertEquals(List.of(), Search.run(graph, OPTIONS).findings());
        assertEquals(1, Search.run(graph, OPTIONS).deadEnds());
        SearchResult recorded = Search.run(graph, OPTIONS.deadEnds(DeadEndPolicy.RECORD));
        assertEquals(List.of(Finding.deadlock(new int[] {0})), recorded.findings());
        assertEquals(End.EXHAUSTED, recorded.end());
        SearchResult stopped = Search.run(graph, OPTIONS.deadEnds(DeadEndPolicy.STOP));
        assertEquals(End.STOPPED_AT_FINDING, stopped.end());
        assertEquals(3, stopped.states());
    }

    @Test
    void depthFirstExpandsTheStateFoundLast() {
        Graph graph = Graph.of(5, "0>1 0>2 2>3").edge(3, 4, 1).edge(1, 4, 1);
        SearchResult result = Search.run(graph, OPTIONS.order(Order.DEPTH_FIRST).stopOn(1));
        assertEquals(List.of(Finding.incident(1, new int[] {1, 2, 3})), result.findings());
        assertEquals(2, result.depth());
    }

    @Test
    void stopBitsArePruneBits() {
        assertEquals(7, OPTIONS.stopOn(5).pruneOn(2).pruneOn());
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.maxStates(0));
    }

    @Test
    void aSystemThatIsNoFunctionOfItsStateIsToldSo() {
        Grid forgetful = new Grid(3, 3) {
            private int calls;

            @Override
            public long apply(long[] state, int action) {
                state[action] += ++calls > 12 ? 2 : 1;
                return 0;
            }

            @Override
            public boolean complete(long[] state) {
                return false;
            }
        };
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Search.run(forgetful, SearchOptions.defaults()));
        assertEquals(
                "no action leads from state 6 to state 8 any more: the system is no function of its state"
                        + " (a clock, a random number, a field left behind?)",
                e.getMessage());
    }
}
