// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.search.SearchResult.Stuck;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.explore.store.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches that do not see everything, and say so. */
class SearchBoundsTest {
    private static final SearchOptions OPTIONS = SearchOptions.defaults().stuck(true);

    @ParameterizedTest
    @EnumSource
    void stateBound(Storage storage) {
        Grid grid = new Grid(5, 5, 5);
        SearchOptions options = OPTIONS.storage(storage);
        SearchResult short1 = Search.run(grid, options.maxStates(124));
        assertEquals(End.STATE_BOUND, short1.end());
        assertEquals(124, short1.states());
        assertEquals(Stuck.NOT_DECIDED, short1.stuck());
        SearchResult enough = Search.run(grid, options.maxStates(125));
        assertEquals(End.EXHAUSTED, enough.end());
        assertEquals(125, enough.states());
        SearchResult one = Search.run(grid, options.maxStates(1));
        assertEquals(1, one.states());
        assertEquals(1, one.transitions());
    }

    @Test
    void aSpentBudgetInterruptsAndGivesItsReason() {
        int[] polls = {0};
        SearchResult result = Search.run(
                new Grid(60, 60, 60), OPTIONS.budget(() -> ++polls[0] == 3 ? "three polls are enough" : null));
        assertEquals(End.INTERRUPTED, result.end());
        assertEquals("three polls are enough", result.reason());
        assertEquals(3 * 8192, result.transitions());
        assertEquals(Stuck.NOT_DECIDED, result.stuck());
    }

    @Test
    void theCheckForStuckStatesCanBeInterrupted() {
        Grid grid = new Grid(40, 40, 40);
        long polls = grid.transitions() / 8192;
        long[] left = {polls + 1};
        SearchResult result = Search.run(grid, OPTIONS.budget(() -> --left[0] == 0 ? "time" : null));
        assertEquals(End.INTERRUPTED, result.end());
        assertEquals(grid.states(), result.states());
        assertEquals(grid.transitions(), result.transitions());
        assertEquals(Stuck.NOT_DECIDED, result.stuck());
    }

    @Test
    void progressIsToldWhereTheBudgetIsAsked() {
        List<String> lines = new ArrayList<>();
        Search.run(
                new Grid(20, 20, 20),
                SearchOptions.defaults()
                        .progress((states, transitions, frontier, depth) ->
                                lines.add(states + " " + transitions + " " + frontier + " " + depth)));
        assertEquals(List.of("3041 8192 292 24", "5860 16384 271 34"), lines);
    }

    /** A store that runs out of memory. */
    private static final class SmallStore implements StateStore {
        private final StateStore store;
        private int puts;

        SmallStore(StateStore store, int puts) {
            this.store = store;
            this.puts = puts;
        }

        @Override
        public int put(long[] state) {
            if (--puts < 0) {
                throw new OutOfMemoryError("simulated");
            }
            return store.put(state);
        }

        @Override
        public void load(int number, long[] state) {
            store.load(number, state);
        }

        @Override
        public int parent(int number) {
            return store.parent(number);
        }

        @Override
        public int size() {
            return store.size();
        }

        @Override
        public long bytes() {
            return store.bytes();
        }

        @Override
        public void writeTo(CheckpointOutput sink) {
            store.writeTo(sink);
        }

        @Override
        public void readFrom(CheckpointInput source) {
            store.readFrom(source);
        }

        @Override
        public void seal() {
            store.seal();
        }
    }

    @ParameterizedTest
    @EnumSource
    void outOfMemoryReportsWhatWasCovered(Storage storage) {
        Grid grid = new Grid(9, 9, 9) {
            @Override
            public long inspect(long[] state) {
                return state[0] == 2 && state[1] == 1 ? 1 : 0;
            }
        };
        StateStore store = new SmallStore(storage.store(grid, SearchOptions.UNBOUNDED), 100);
        SearchResult result = Search.run(grid, OPTIONS, store);
        assertEquals(End.OUT_OF_MEMORY, result.end());
        assertEquals(Stuck.NOT_DECIDED, result.stuck());
        assertEquals(List.of(Finding.incident(1, new int[] {0, 0, 1})), result.findings());
        assertTrue(result.states() > 30);
        assertEquals(100, result.transitions());
    }

    @Test
    void outOfMemoryBeforeTheFirstState() {
        Grid grid = new Grid(2);
        StateStore store = new SmallStore(Storage.PLAIN.store(grid, SearchOptions.UNBOUNDED), 0);
        SearchResult result = Search.run(grid, OPTIONS, store);
        assertEquals(End.OUT_OF_MEMORY, result.end());
        assertEquals(0, result.states());
    }
}
