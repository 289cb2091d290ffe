// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a graph of steps that complete nothing for a fair loop. A loop is unfair to a duty that can be done all along it and is not; to a
 * prompt duty also if it can be done somewhere in it and is not.
 *
 * <p>In a strongly connected component the loop through everything is the fairest. If that is unfair to an ordinary duty, then so is every
 * loop in it. If it is unfair to a prompt one, a fair loop must keep away from the nodes where that can be done, and the components of
 * what is left are looked at (E. A. Emerson and C.-L. Lei, <em>Modalities for model checking</em>, 1987).
 *
 * <p>Loops that are fair even if every duty is taken for a prompt one come first: they leave no excuse.
 */
final class FairLoops {
    /** So many nodes of the fair components are tried as the place where the loop begins, to find a short one. */
    private static final int MAX_ENTRIES = 256;

    private static final long ALL = -1L;

    private final LoopGraph graph;
    private final long prompt;

    /**
     * A fair loop.
     *
     * @param state where it begins
     * @param actions its actions
     * @param missed whether a duty that is not prompt can be done in it somewhere and is not
     */
    @SuppressWarnings("ArrayRecordComponent") // is not compared
    record Loop(int state, int[] actions, boolean missed) {

        /** A schedule that leads to its state, and then once round. */
        int[] behind(int[] stem) {
            int[] schedule = Arrays.copyOf(stem, stem.length + actions.length);
            System.arraycopy(actions, 0, schedule, stem.length, actions.length);
            return schedule;
        }
    }

    private FairLoops(LoopGraph graph, long prompt) {
        this.graph = graph;
        this.prompt = prompt;
    }

    /** A fair loop that ends early, counted from the initial state; the earliest if there are few nodes to try. Null if there is none. */
    static @Nullable Loop shortest(LoopGraph graph) {
        Loop strict = new FairLoops(graph, ALL).find(false);
        return strict != null ? strict : new FairLoops(graph, graph.prompt()).find(true);
    }

    private @Nullable Loop find(boolean missed) {
        BitSet all = new BitSet();
        all.set(0, graph.nodes());
        Deque<BitSet> regions = new ArrayDeque<>();
        regions.add(all);
        List<BitSet> fair = new ArrayList<>();
        while (!regions.isEmpty()) {
            for (BitSet component : Components.of(graph, regions.remove())) {
                judge(component, fair, regions);
            }
        }
        int best = Integer.MAX_VALUE;
        Loop loop = null;
        int tried = 0;
        for (BitSet component : fair) {
            for (int n = component.nextSetBit(0); n >= 0 && tried < MAX_ENTRIES; n = component.nextSetBit(n + 1)) {
                int[] steps = loop(component, n);
                tried++;
                int length = graph.depth(n) + steps.length;
                if (length < best) {
                    best = length;
                    int[] actions = Arrays.stream(steps).map(graph::action).toArray();
                    loop = new Loop(graph.state(n), actions, missed);
                }
            }
        }
        return loop;
    }

    private void judge(BitSet component, List<BitSet> fair, Deque<BitSet> regions) {
        long somewhere = 0;
        long everywhere = ALL;
        long done = 0;
        for (int node = component.nextSetBit(0); node >= 0; node = component.nextSetBit(node + 1)) {
            somewhere |= graph.enabled(node);
            everywhere &= graph.enabled(node);
            for (int step = graph.first(node); step < graph.first(node + 1); step++) {
                done |= component.get(graph.target(step)) ? graph.duty(step) : 0;
            }
        }
        if ((everywhere & ~done) != 0) {
            return;
        }
        long left = somewhere & prompt & ~done;
        if (left == 0) {
            fair.add(component);
            return;
        }
        BitSet rest = new BitSet();
        component.stream().filter(node -> (graph.enabled(node) & left) == 0).forEach(rest::set);
        regions.add(rest);
    }

    /** A loop in a fair component from a node back to it, which does what fairness demands. */
    private int[] loop(BitSet component, int entry) {
        int[] walk = {};
        int here = entry;
        while (true) {
            int[] closed = here == entry && walk.length > 0
                    ? walk
                    : join(walk, path(component, here, step -> graph.target(step) == entry));
            long missing = missing(entry, closed);
            if (missing == 0) {
                return closed;
            }
            walk = join(walk, path(component, here, step -> serves(step, missing)));
            here = graph.target(walk[walk.length - 1]);
        }
    }

    private boolean serves(int step, long missing) {
        return (graph.duty(step) & missing) != 0 || (~graph.enabled(graph.target(step)) & missing & ~prompt) != 0;
    }

    /** The duties that a loop is unfair to. */
    private long missing(int entry, int[] steps) {
        long somewhere = 0;
        long everywhere = ALL;
        long done = 0;
        int node = entry;
        for (int step : steps) {
            somewhere |= graph.enabled(node);
            everywhere &= graph.enabled(node);
            done |= graph.duty(step);
            node = graph.target(step);
        }
        return (everywhere | (somewhere & prompt)) & ~done;
    }

    /** The shortest path of at least one step in a component whose last step is as wanted. */
    private int[] path(BitSet component, int from, IntPredicate wanted) {
        int[] cameBy = new int[graph.nodes()];
        int[] cameFrom = new int[graph.nodes()];
        BitSet seen = new BitSet();
        seen.set(from);
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(from);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int step = graph.first(node); step < graph.first(node + 1); step++) {
                int target = graph.target(step);
                if (component.get(target) && wanted.test(step)) {
                    return join(back(from, node, cameBy, cameFrom), new int[] {step});
                }
                if (component.get(target) && !seen.get(target)) {
                    seen.set(target);
                    cameBy[target] = step;
                    cameFrom[target] = node;
                    queue.add(target);
                }
            }
        }
        throw new IllegalStateException("the component is not connected, or not fair");
    }

    private static int[] back(int from, int to, int[] cameBy, int[] cameFrom) {
        int length = 0;
        for (int node = to; node != from; node = cameFrom[node]) {
            length++;
        }
        int[] path = new int[length];
        for (int node = to; node != from; node = cameFrom[node]) {
            path[--length] = cameBy[node];
        }
        return path;
    }

    private static int[] join(int[] first, int[] second) {
        int[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
