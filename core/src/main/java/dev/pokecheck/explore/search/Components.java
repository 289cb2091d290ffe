// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The strongly connected components of a part of a graph that contain a step (R. Tarjan, <em>Depth-first search and linear graph
 * algorithms</em>, 1972), without recursion.
 */
final class Components {
    private static final int NONE = -1;

    private final LoopGraph graph;
    private final BitSet region;
    /** When a node was entered, from 1; 0 if it was not. */
    private final int[] entered;
    /** The earliest node on the stack that a node is known to reach, by when it was entered. */
    private final int[] low;

    private final int[] next;
    private final int[] parent;
    private final int[] stack;
    private final BitSet onStack = new BitSet();
    private final List<BitSet> found = new ArrayList<>();
    private int height;
    private int clock;

    private Components(LoopGraph graph, BitSet region) {
        this.graph = graph;
        this.region = region;
        entered = new int[graph.nodes()];
        low = new int[graph.nodes()];
        next = new int[graph.nodes()];
        parent = new int[graph.nodes()];
        stack = new int[graph.nodes()];
    }

    /** The components of the nodes of a region and the steps between them. */
    static List<BitSet> of(LoopGraph graph, BitSet region) {
        Components components = new Components(graph, region);
        for (int node = region.nextSetBit(0); node >= 0; node = region.nextSetBit(node + 1)) {
            if (components.entered[node] == 0) {
                components.visit(node);
            }
        }
        return components.found;
    }

    private void visit(int root) {
        enter(root, NONE);
        int node = root;
        while (node != NONE) {
            if (next[node] == graph.first(node + 1)) {
                leave(node);
                node = parent[node];
            } else {
                int target = graph.target(next[node]++);
                if (!region.get(target)) {
                    continue;
                }
                if (entered[target] == 0) {
                    enter(target, node);
                    node = target;
                } else if (onStack.get(target)) {
                    low[node] = Math.min(low[node], entered[target]);
                }
            }
        }
    }

    private void enter(int node, int from) {
        entered[node] = ++clock;
        low[node] = clock;
        next[node] = graph.first(node);
        parent[node] = from;
        stack[height++] = node;
        onStack.set(node);
    }

    private void leave(int node) {
        if (parent[node] != NONE) {
            low[parent[node]] = Math.min(low[parent[node]], low[node]);
        }
        if (low[node] < entered[node]) {
            return;
        }
        BitSet component = new BitSet();
        int member;
        do {
            member = stack[--height];
            onStack.clear(member);
            component.set(member);
        } while (member != node);
        if (component.cardinality() > 1 || stepsToItself(node)) {
            found.add(component);
        }
    }

    private boolean stepsToItself(int node) {
        for (int step = graph.first(node); step < graph.first(node + 1); step++) {
            if (graph.target(step) == node) {
                return true;
            }
        }
        return false;
    }
}
