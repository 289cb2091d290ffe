// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.machine.ActionList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StuckStateTest {
    /** 0 leads to 1 and 3; 1 and 2 go in a circle; 4 is complete. */
    private final Graph graph = Graph.of(5, "0>1 1>2 2>1 0>3 3>4").complete(4);

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "3, false", "4, false"})
    void isStuckWhereNoPathLeadsToACompleteState(int node, boolean stuck) {
        assertEquals(stuck, StuckState.isStuck(graph, at(node)));
    }

    private long[] at(int node) {
        long[] state = new long[graph.words()];
        ActionList actions = new ActionList();
        graph.initial(state);
        int[][] paths = {{}, {0}, {0, 1}, {3}, {3, 4}};
        for (int edge : paths[node]) {
            graph.enabled(state, actions);
            graph.apply(state, edge);
        }
        return state;
    }
}
