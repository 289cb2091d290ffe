// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The search against sets and fixpoints written down without a thought of speed, on small random graphs. */
class RandomGraphsTest {
    private static final long SEED = 20100313;

    private static final int GRAPHS = 3000;
    private static final long PRUNED = 1;
    private static final long RECORDED = 6;

    private static Graph random(SplittableRandom random) {
        int nodes = 1 + random.nextInt(10);
        Graph graph = new Graph(nodes);
        int edges = random.nextInt(2 * nodes + 1);
        for (int i = 0; i < edges; i++) {
            long raises = random.nextInt(5) == 0 ? 1L << random.nextInt(3) : 0;
            graph.edge(random.nextInt(nodes), random.nextInt(nodes), raises);
        }
        for (int node = 0; node < nodes; node++) {
            if (random.nextInt(8) == 0) {
                graph.shows(node, 1L << random.nextInt(3));
            }
            if (random.nextInt(4) == 0) {
                graph.complete(node);
            }
        }
        return graph;
    }

    /** What ought to be reported, in words: totals, and each kind of finding with the length of its shortest schedule. */
    private static final class Expected {
        private final TransitionSystem system;
        /** Depths by state, in the order of their discovery. */
        private final TreeMap<List<Long>, Integer> depths =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

        private final TreeMap<String, Integer> findings = new TreeMap<>();
        private int transitions;
        private int deadEnds;

        Expected(TransitionSystem system, boolean stuck) {
            this.system = system;
            List<List<Long>> queue = new ArrayList<>();
            long[] initial = new long[system.words()];
            system.initial(initial);
            depths.put(boxed(initial), 0);
            queue.add(boxed(initial));
            note(system.inspect(initial), 0);
            for (int i = 0; i < queue.size(); i++) {
                visit(queue, queue.get(i));
            }
            if (stuck) {
                stuck(queue);
            }
        }

        private void visit(List<List<Long>> queue, List<Long> state) {
            int depth = depths.get(state);
            if ((system.inspect(unboxed(state)) & PRUNED) != 0) {
                return;
            }
            if (actions(state).isEmpty() && !system.complete(unboxed(state))) {
                deadEnds++;
                findings.putIfAbsent("DEADLOCK", depth);
            }
            for (int action : actions(state)) {
                transitions++;
                long[] next = unboxed(state);
                long raised = system.apply(next, action);
                note(raised | system.inspect(next), depth + 1);
                if ((raised & PRUNED) == 0 && depths.putIfAbsent(boxed(next), depth + 1) == null) {
                    queue.add(boxed(next));
                }
            }
        }

        private void stuck(List<List<Long>> states) {
            List<List<Long>> fine = new ArrayList<>();
            for (int i = 0; i < states.size(); i++) {
                states.stream()
                        .filter(state -> !fine.contains(state) && isFine(state, fine))
                        .forEach(fine::add);
            }
            states.stream()
                    .filter(state -> !fine.contains(state))
                    .findFirst()
                    .ifPresent(state -> findings.put("STUCK", depths.get(state)));
        }

        private boolean isFine(List<Long> state, List<List<Long>> fine) {
            return (system.inspect(unboxed(state)) & PRUNED) != 0
                    || system.complete(unboxed(state))
                    || actions(state).isEmpty()
                    || actions(state).stream().anyMatch(action -> {
                        long[] next = unboxed(state);
                        return (system.apply(next, action) & PRUNED) != 0 || fine.contains(boxed(next));
                    });
        }

        private void note(long incidents, int depth) {
            for (long bit = 1; bit <= 4; bit *= 2) {
                if ((incidents & bit) != 0) {
                    findings.putIfAbsent("INCIDENT " + bit, depth);
                }
            }
        }

        private List<Integer> actions(List<Long> state) {
            ActionList actions = new ActionList();
            system.enabled(unboxed(state), actions);
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < actions.size(); i++) {
                all.add(actions.get(i));
            }
            return all;
        }

        private static List<Long> boxed(long[] state) {
            return LongStream.of(state).boxed().toList();
        }

        private static long[] unboxed(List<Long> state) {
            return state.stream().mapToLong(word -> word).toArray();
        }
    }

    @Test
    void agreeWithTheSimplestThingThatWorks(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < GRAPHS; i++) {
            Graph graph = random(random);
            Expected expected = new Expected(graph, true);
            SearchOptions options = SearchOptions.defaults().pruneOn(PRUNED).stuck(true);
            for (Storage storage : Storage.values()) {
                SearchResult broad = Search.run(graph, options.storage(storage));
                assertEquals(expected.findings, depthsOf(broad), "graph " + i);
                assertTotals(expected, broad);
                assertSchedulesReplay(graph, broad);
                SearchResult deep = Search.run(graph, options.storage(storage).order(Order.DEPTH_FIRST));
                assertEquals(expected.findings.keySet(), depthsOf(deep).keySet(), "graph " + i);
                assertTotals(expected, deep);
                assertSchedulesReplay(graph, deep);
            }
        }
    }

    private static void assertTotals(Expected expected, SearchResult result) {
        assertEquals(expected.depths.size(), result.states());
        assertEquals(expected.transitions, result.transitions());
        assertEquals(expected.deadEnds, result.deadEnds());
    }

    private static SortedMap<String, Integer> depthsOf(SearchResult result) {
        TreeMap<String, Integer> depths = new TreeMap<>();
        for (Finding finding : result.findings()) {
            String incident = finding.kind() == Finding.Kind.INCIDENT ? " " + finding.incident() : "";
            assertEquals(null, depths.put(finding.kind() + incident, finding.depth()));
        }
        return depths;
    }

    /** A schedule raises its incident in its last step, and none behind which the search does not look before that. */
    private static void assertSchedulesReplay(TransitionSystem system, SearchResult result) {
        for (Finding finding : result.findings()) {
            long[] state = new long[system.words()];
            system.initial(state);
            long raised = system.inspect(state);
            for (int action : finding.schedule()) {
                assertEquals(0, raised & PRUNED);
                raised = system.apply(state, action) | system.inspect(state);
            }
            assertEquals(finding.incident(), raised & finding.incident());
            assertEquals(0, finding.incident() & ~(PRUNED | RECORDED));
        }
    }
}
