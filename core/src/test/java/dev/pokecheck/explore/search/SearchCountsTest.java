// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.TransitionSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact totals, whatever the order and the storage. */
class SearchCountsTest {
    private static List<SearchResult> everyWay(TransitionSystem system) {
        return List.of(
                Search.run(system, SearchOptions.defaults().storage(Storage.PLAIN)),
                Search.run(system, SearchOptions.defaults().storage(Storage.COLLAPSED)),
                Search.run(
                        system,
                        SearchOptions.defaults().order(Order.DEPTH_FIRST).storage(Storage.PLAIN)),
                Search.run(system, SearchOptions.defaults().order(Order.DEPTH_FIRST)));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,1,1", "3,4,5", "1,1,1000", "40,50,60"})
    void grid(int a, int b, int c) {
        Grid grid = new Grid(a, b, c);
        for (SearchResult result : everyWay(grid)) {
            assertEquals(End.EXHAUSTED, result.end());
            assertEquals(grid.states(), result.states());
            assertEquals(grid.transitions(), result.transitions());
            assertEquals(grid.diameter(), result.depth());
            assertEquals(1, result.completeStates());
            assertEquals(0, result.deadEnds());
            assertEquals(List.of(), result.findings());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 12})
    void philosophers(int seats) {
        for (SearchResult result : everyWay(new Philosophers(seats))) {
            assertEquals(Philosophers.pellLucas(seats), result.states());
            assertEquals(0, result.completeStates());
            assertEquals(1, result.deadEnds());
            Finding deadlock = result.findings().get(0);
            assertEquals(Finding.Kind.DEADLOCK, deadlock.kind());
        }
    }

    @Test
    void philosophersDeadlockSoonestWhenEachTakesOneFork() {
        SearchResult result = Search.run(new Philosophers(4), SearchOptions.defaults());
        assertEquals(34, result.states());
        assertEquals(88, result.transitions());
        assertEquals(List.of(Finding.deadlock(new int[] {0, 1, 2, 3})), result.findings());
    }

    @Test
    void mutex() {
        for (SearchResult result : everyWay(new Mutex(true))) {
            assertEquals(3, result.states());
            assertEquals(4, result.transitions());
            assertEquals(List.of(), result.findings());
        }
        for (SearchResult result : everyWay(new Mutex(false))) {
            assertEquals(13, result.states());
            assertEquals(Mutex.BOTH_INSIDE, result.findings().get(0).incident());
        }
    }

    @Test
    void growsOverManySegmentsAndStaysLean() {
        Grid grid = new Grid(100, 100, 101);
        SearchResult collapsed = Search.run(grid, SearchOptions.defaults());
        SearchResult plain = Search.run(grid, SearchOptions.defaults().storage(Storage.PLAIN));
        assertEquals(grid.states(), collapsed.states());
        assertEquals(grid.states(), plain.states());
        assertEquals(grid.transitions(), collapsed.transitions());
        assertTrue(collapsed.bytesPerState() < 20, () -> collapsed.bytesPerState() + " bytes a state");
        assertTrue(plain.bytesPerState() < 24 + 15, () -> plain.bytesPerState() + " bytes a state");
    }

    @Test
    void twoSearchesReportTheSame() {
        SearchOptions options = SearchOptions.defaults().stuck(true);
        assertEquals(Search.run(new Philosophers(7), options), Search.run(new Philosophers(7), options));
        SearchOptions deep = options.order(Order.DEPTH_FIRST);
        assertEquals(Search.run(new Philosophers(7), deep), Search.run(new Philosophers(7), deep));
    }
}
