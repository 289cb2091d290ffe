// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph from literal edges like {@code "0a>1 1b>0"}: the letter is the duty that the edge does. Duties from x on are prompt, {@code -}
 * is nobody's, and an edge that ends in {@code !} completes something.
 */
final class DutyGraph implements TransitionSystem {
    record Edge(int from, int duty, int to, boolean progress) {}

    private static final char FIRST_PROMPT = 'x';

    final List<Edge> edges = new ArrayList<>();
    private boolean progressed;

    static DutyGraph of(String text) {
        DutyGraph graph = new DutyGraph();
        for (String edge : text.split(" ", -1)) {
            int arrow = edge.indexOf('>');
            boolean progress = edge.endsWith("!");
            char duty = edge.charAt(arrow - 1);
            graph.edge(
                    Integer.parseInt(edge.substring(0, arrow - 1)),
                    duty == '-' ? NO_DUTY : duty - 'a',
                    Integer.parseInt(edge.substring(arrow + 1, edge.length() - (progress ? 1 : 0))),
                    progress);
        }
        return graph;
    }

    DutyGraph edge(int from, int duty, int to, boolean progress) {
        edges.add(new Edge(from, duty, to, progress));
        return this;
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public int[] partStarts() {
        return new int[] {0};
    }

    @Override
    public void initial(long[] state) {
        state[0] = 0;
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).from == state[0]) {
                actions.add(i);
            }
        }
    }

    @Override
    public long apply(long[] state, int action) {
        state[0] = edges.get(action).to;
        progressed = edges.get(action).progress;
        return 0;
    }

    @Override
    public long inspect(long[] state) {
        return 0;
    }

    @Override
    public boolean complete(long[] state) {
        return false;
    }

    @Override
    public int agents() {
        return 1;
    }

    @Override
    public int agent(int action) {
        return 0;
    }

    @Override
    public int duty(long[] state, int action) {
        return edges.get(action).duty;
    }

    @Override
    public long promptDuties() {
        return -1L << (FIRST_PROMPT - 'a');
    }

    @Override
    public boolean progressed() {
        return progressed;
    }

    @Override
    public String describe(long[] state, int action) {
        return "edge " + action;
    }
}
