// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.List;

/** A graph from literal edges; an action is the number of its edge. Two words, so that the stores have parts. */
public final class Graph implements TransitionSystem {
    private record Edge(int from, int to, long raises, List<Long> events) {}

    private final List<Edge> edges = new ArrayList<>();
    private List<Long> said = List.of();
    private final long[] shows;
    private final boolean[] complete;

    public Graph(int nodes) {
        shows = new long[nodes];
        complete = new boolean[nodes];
    }

    /** Edges like {@code "0>1 1>2"}. */
    public static Graph of(int nodes, String edges) {
        Graph graph = new Graph(nodes);
        for (String edge : edges.split(" ", -1)) {
            String[] ends = edge.split(">", -1);
            graph.edge(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), 0);
        }
        return graph;
    }

    public Graph edge(int from, int to, long raises) {
        edges.add(new Edge(from, to, raises, List.of()));
        return this;
    }

    /** An edge that adds events to the history. */
    public Graph says(int from, int to, Long... events) {
        edges.add(new Edge(from, to, 0, List.of(events)));
        return this;
    }

    Graph shows(int node, long incidents) {
        shows[node] |= incidents;
        return this;
    }

    Graph complete(int node) {
        complete[node] = true;
        return this;
    }

    @Override
    public int words() {
        return 2;
    }

    @Override
    public int[] partStarts() {
        return new int[] {0, 1};
    }

    @Override
    public void initial(long[] state) {
        state[0] = 0;
        state[1] = 0;
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).from == node(state)) {
                actions.add(i);
            }
        }
    }

    @Override
    public long apply(long[] state, int action) {
        int to = edges.get(action).to;
        said = edges.get(action).events;
        state[0] = to % 3;
        state[1] = to / 3;
        return edges.get(action).raises;
    }

    @Override
    public long inspect(long[] state) {
        return shows[node(state)];
    }

    @Override
    public boolean complete(long[] state) {
        return complete[node(state)];
    }

    @Override
    public int events() {
        return said.size();
    }

    @Override
    public long event(int number) {
        return said.get(number);
    }

    @Override
    public int agent(int action) {
        return 0;
    }

    @Override
    public int agents() {
        return 1;
    }

    @Override
    public String describe(long[] state, int action) {
        return "edge " + action + " to " + edges.get(action).to;
    }

    private static int node(long[] state) {
        return (int) (3 * state[1] + state[0]);
    }
}
