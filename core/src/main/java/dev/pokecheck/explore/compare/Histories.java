// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import dev.pokecheck.explore.store.IntRow;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All histories of a system, as a deterministic automaton: a history is the sequence of the {@link TransitionSystem#event}s of a run, and steps
 * without events are invisible. The classical subset construction: a node stands for all states that runs with one history can be in. Histories of
 * runs that have not ended are histories, too, so that every node accepts.
 *
 * <p>Two systems with the same histories cannot be told apart by any property of histories, such as a consistency level. That a system comes to
 * a standstill, or goes round in circles, is not in its histories.
 */
final class Histories {
    /** For each node, what may come next, ascending. */
    private final List<long[]> events = new ArrayList<>();
    /** For each node and each of its events, the node behind. */
    private final List<int[]> next = new ArrayList<>();

    /**
     * How the histories of two systems differ.
     *
     * @param common the events of a shortest history that both have and behind which they differ
     * @param event what only one of them can do next
     * @param added whether it is the other system that can: it has a history that this one has not
     */
    record Difference(List<Long> common, long event, boolean added) {}

    private Histories() {}

    /**
     * The histories of a system.
     *
     * @param pruneOn incidents behind which nothing counts; steps that raise them are left out
     * @return empty if there are more states than allowed, than a table of the system has room for, or than fit into the memory
     */
    static Optional<Histories> of(TransitionSystem system, long pruneOn, int maxStates) {
        try {
            return EventGraph.of(system, pruneOn, maxStates).map(graph -> {
                Histories histories = new Histories();
                histories.new Subsets(graph).build();
                return histories;
            });
        } catch (OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    /** The number of nodes. */
    int size() {
        return events.size();
    }

    /**
     * How another system's histories differ from these, by a shortest history; one that the other adds comes before one that it lacks. Empty if they
     * are the same.
     */
    Optional<Difference> differenceOf(Histories other) {
        Optional<Difference> lacking = Optional.empty();
        TreeMap<Long, Integer> known = new TreeMap<>();
        List<Pair> queue = new ArrayList<>();
        visit(queue, known, new Pair(0, 0, -1, 0));
        for (int i = 0; i < queue.size(); i++) {
            Pair pair = queue.get(i);
            long[] mine = events.get(pair.here);
            long[] theirs = other.events.get(pair.there);
            for (int t = 0; t < theirs.length; t++) {
                int m = Arrays.binarySearch(mine, theirs[t]);
                if (m < 0) {
                    return Optional.of(new Difference(path(queue, i), theirs[t], true));
                }
                visit(queue, known, new Pair(next.get(pair.here)[m], other.next.get(pair.there)[t], i, theirs[t]));
            }
            if (lacking.isEmpty() && mine.length > theirs.length) {
                long event = Arrays.stream(mine)
                        .filter(it -> Arrays.binarySearch(theirs, it) < 0)
                        .findFirst()
                        .orElseThrow();
                lacking = Optional.of(new Difference(path(queue, i), event, false));
            }
        }
        return lacking;
    }

    /** Nodes of both that a common history leads to, and how it came there. */
    private record Pair(int here, int there, int from, long by) {}

    private static void visit(List<Pair> queue, Map<Long, Integer> known, Pair pair) {
        if (known.putIfAbsent((long) pair.here << 32 | pair.there, queue.size()) == null) {
            queue.add(pair);
        }
    }

    private static List<Long> path(List<Pair> queue, int to) {
        List<Long> path = new ArrayList<>();
        for (Pair pair = queue.get(to); pair.from >= 0; pair = queue.get(pair.from)) {
            path.add(0, pair.by);
        }
        return path;
    }

    /** The subset construction. What can come next depends only on the visible steps that can be reached, so that a node is a set of those. */
    private final class Subsets {
        private final EventGraph graph;
        private final TreeMap<int[], Integer> nodes = new TreeMap<>(Arrays::compare);
        private final List<int[]> steps = new ArrayList<>();
        /** For each state, the last closure that it was in. */
        private final int[] closedBy;

        private int closures;
        private final IntRow work = new IntRow();
        private final IntRow visible = new IntRow();

        Subsets(EventGraph graph) {
            this.graph = graph;
            closedBy = new int[graph.states()];
        }

        void build() {
            node(new int[] {0});
            long[] eventOf = new long[graph.events().size() + 1];
            for (Map.Entry<Long, Integer> event : graph.events().entrySet()) {
                eventOf[event.getValue()] = event.getKey();
            }
            for (int node = 0; node < steps.size(); node++) {
                TreeMap<Long, IntRow> reached = new TreeMap<>();
                for (int step : steps.get(node)) {
                    reached.computeIfAbsent(eventOf[graph.label(step)], event -> new IntRow())
                            .add(graph.target(step));
                }
                events.add(reached.keySet().stream().mapToLong(it -> it).toArray());
                next.add(reached.values().stream()
                        .mapToInt(targets -> node(targets.toArray()))
                        .toArray());
            }
        }

        /** The node of all that can be reached from some states without an event. */
        private int node(int[] from) {
            closures++;
            visible.clear();
            for (int state : from) {
                close(state);
            }
            while (work.size() > 0) {
                int state = work.take();
                for (int step = graph.first(state); step < graph.first(state + 1); step++) {
                    if (graph.label(step) == EventGraph.INVISIBLE) {
                        close(graph.target(step));
                    } else {
                        visible.add(step);
                    }
                }
            }
            int[] key = visible.toArray();
            Arrays.sort(key);
            Integer known = nodes.putIfAbsent(key, steps.size());
            if (known == null) {
                steps.add(key);
                return steps.size() - 1;
            }
            return known;
        }

        private void close(int state) {
            if (closedBy[state] != closures) {
                closedBy[state] = closures;
                work.add(state);
            }
        }
    }
}
