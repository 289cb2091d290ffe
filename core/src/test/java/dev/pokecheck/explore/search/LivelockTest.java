// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.judge.Livelock;
import dev.pokecheck.machine.TransitionSystem;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivelockTest {
    private static final SearchOptions OPTIONS =
            SearchOptions.defaults().deadEnds(DeadEndPolicy.IGNORE).livelock(true);

    private static List<Finding> search(String graph) {
        return Search.run(DutyGraph.of(graph), OPTIONS).findings();
    }

    private static Finding livelock(int from, boolean missed, int... schedule) {
        return Finding.livelock(schedule, new Finding.Loop(from, missed));
    }

    @Pins("judge.livelock-completes-nothing")
    @ParameterizedTest
    @EnumSource
    void aLoopThatCompletesNothingIsFoundWithTheWayToIt(Storage storage) {
        SearchResult result = Search.run(DutyGraph.of("0a>1 1a>2 2a>3 3a>1"), OPTIONS.storage(storage));
        assertEquals(List.of(livelock(1, false, 0, 1, 2, 3)), result.findings());
        assertEquals(End.EXHAUSTED, result.end());
        assertEquals(4, result.transitions());
    }

    @Test
    void depthFirstFindsOneToo() {
        DutyGraph graph = DutyGraph.of("0a>1 0a>4 1a>2 2a>3 3a>1 4a>0!");
        List<Finding> findings =
                Search.run(graph, OPTIONS.order(Order.DEPTH_FIRST)).findings();
        assertEquals(1, findings.size());
        assertEquals(Optional.empty(), objection(graph, findings.get(0)));
    }

    @Test
    void aStepMayLeadBackToWhereItBegan() {
        assertEquals(List.of(livelock(1, false, 0, 1)), search("0a>1 1a>1"));
    }

    @Test
    void theLoopBeginsWhereTheWholeIsShortest() {
        assertEquals(List.of(livelock(0, false, 0, 1)), search("0a>1 1a>0 1a>2 2a>3 3a>2"));
    }

    @Pins("judge.livelock-owed")
    @ParameterizedTest
    @ValueSource(
            strings = {
                // no loop; a loop that completes something; two loops, each of which does
                "0a>1 1a>2 0a>2",
                "0a>1 1a>2 2a>1!",
                "0a>1! 1a>0 1a>2 2a>1!",
                // b could step all the time, and does outside the loop
                "0a>1 1a>0 0b>2 1b>2",
                // of two in the loop, c is put off
                "0a>1 1b>0 0c>2 1c>3",
                // nobody owes a step of the loop
                "0->1 1->0",
                "0a>1 1->0",
                // what is delivered as soon as it can be can be
                "0a>1 1a>0 1x>2",
                "0a>1 1a>2 2a>0 1x>3 2y>3"
            })
    void isNone(String graph) {
        assertEquals(List.of(), search(graph));
    }

    @Test
    void everyoneMayStepAndNothingComesOfIt() {
        assertEquals(List.of(livelock(0, false, 0, 1)), search("0a>1 1b>0"));
        // b can step wherever a can: a loop of a alone would put it off
        assertEquals(List.of(livelock(0, false, 1, 3, 0, 2)), search("0a>1 0b>2 1a>0 2b>0"));
    }

    @Test
    void aWaitForWhatComesAndGoesMayMissIt() {
        assertEquals(List.of(livelock(0, true, 0, 1)), search("0a>1 1a>0 1b>2"));
    }

    @Test
    void aLoopWithoutExcuseIsPreferred() {
        // the loop 0 1 is nearer, and b could step at 1
        assertEquals(List.of(livelock(2, false, 0, 2, 3)), search("0a>1 1a>0 1b>2 2a>2"));
    }

    @Test
    void insideAnUnfairComponentAFairLoopIsLeft() {
        // x can be delivered at 2 only; the loop 0 1 keeps away from it.
        assertEquals(List.of(livelock(0, false, 0, 1)), search("0a>1 1a>0 1a>2 2a>0 2x>3"));
    }

    @Test
    void aDetourIsMadeForWhoIsOwedIt() {
        // b can step all the time; where it does, at 2, the loop has to go.
        DutyGraph graph = DutyGraph.of("0a>1 1a>0 0b>2 1b>2 2b>3 3a>0");
        Finding finding = Search.run(graph, OPTIONS).findings().get(0);
        assertEquals(Optional.empty(), objection(graph, finding));
        assertFalse(finding.loop().orElseThrow().missed());
    }

    @Test
    void onlyAnExhaustedSearchSaysSo() {
        assertEquals(
                List.of(),
                Search.run(DutyGraph.of("0a>1 1a>0"), OPTIONS.livelock(false)).findings());
        SearchResult bounded = Search.run(DutyGraph.of("0a>1 1a>0 1a>2"), OPTIONS.maxStates(2));
        assertEquals(End.STATE_BOUND, bounded.end());
        assertEquals(List.of(), bounded.findings());
    }

    @Test
    void aLongWayRoundNeedsNoRecursion() {
        DutyGraph ring = new DutyGraph();
        int length = 3000;
        for (int i = 0; i < length; i++) {
            ring.edge(i, 0, (i + 1) % length, false);
        }
        Finding finding = Search.run(ring, OPTIONS).findings().get(0);
        assertEquals(length, finding.depth());
        assertEquals(0, finding.loop().orElseThrow().from());
    }

    @Test
    void aLoopIsJudgedWithoutASearch() {
        assertEquals(Optional.empty(), judged("0a>1 1a>0", 0, 1));
        assertEquals(
                Optional.of(
                        "step 2 (edge 1) of the loop completes an execution, a patch call or the round of a thread"),
                judged("0a>1 1a>0!", 0, 1));
        assertEquals(Optional.of("step 2 (edge 1) of the loop is one that nobody owes"), judged("0a>1 1->0", 0, 1));
        assertEquals(
                Optional.of("the loop is not fair: it puts off \"edge 2\" for ever"),
                judged("0a>1 1a>0 0b>2 1b>2", 0, 1));
        assertEquals(
                Optional.of("the loop is not fair: it puts off for ever what is delivered as soon as it can be"),
                judged("0a>1 1a>0 1x>2", 0, 1));
    }

    private static Optional<String> judged(String graph, int... schedule) {
        return Livelock.objection(DutyGraph.of(graph), schedule, 0);
    }

    /** The search against the definition, over all sets of nodes: a fair loop goes through some set of them, again and again. */
    @Pins("judge.livelock-fair")
    @Test
    void agreesWithTheDefinitionOnRandomGraphs() {
        SplittableRandom random = new SplittableRandom(20250711);
        int[] seen = new int[3];
        for (int i = 0; i < 4000; i++) {
            DutyGraph graph = random(random);
            boolean strict = anyFairSet(graph, -1L);
            boolean fair = anyFairSet(graph, graph.promptDuties());
            for (Order order : Order.values()) {
                List<Finding> findings = Search.run(graph, OPTIONS.order(order)).findings();
                assertEquals(fair ? 1 : 0, findings.size(), "graph " + i + " " + graph.edges);
                for (Finding finding : findings) {
                    assertEquals(!strict, finding.loop().orElseThrow().missed(), "graph " + i + " " + graph.edges);
                    assertEquals(Optional.empty(), objection(graph, finding), "graph " + i + " " + graph.edges);
                }
            }
            seen[strict ? 2 : fair ? 1 : 0]++;
        }
        assertTrue(
                IntStream.of(seen).allMatch(count -> count > 100),
                () -> "none, missed, strict: " + seen[0] + " " + seen[1] + " " + seen[2]);
    }

    private static DutyGraph random(SplittableRandom random) {
        int nodes = 1 + random.nextInt(6);
        DutyGraph graph = new DutyGraph();
        int edges = random.nextInt(3 * nodes + 1);
        for (int i = 0; i < edges; i++) {
            int[] duties = {0, 0, 1, 2, 23, 24, TransitionSystem.NO_DUTY};
            graph.edge(
                    random.nextInt(nodes),
                    duties[random.nextInt(duties.length)],
                    random.nextInt(nodes),
                    random.nextInt(6) == 0);
        }
        return graph;
    }

    private static boolean anyFairSet(DutyGraph graph, long prompt) {
        BitSet reached = reach(graph, 0, edge -> true);
        for (int set = 1; set < 64; set++) {
            int inside = set;
            boolean within = IntStream.range(0, 6).allMatch(n -> (inside >>> n & 1) == 0 || reached.get(n));
            if (within && isConnected(graph, set) && isFair(graph, set, prompt)) {
                return true;
            }
        }
        return false;
    }

    private static boolean loops(DutyGraph.Edge edge, int set) {
        return edge.duty() != TransitionSystem.NO_DUTY
                && !edge.progress()
                && (set >>> edge.from() & 1) != 0
                && (set >>> edge.to() & 1) != 0;
    }

    private static boolean isConnected(DutyGraph graph, int set) {
        if (graph.edges.stream().noneMatch(edge -> loops(edge, set))) {
            return false;
        }
        for (int node = 0; node < 6; node++) {
            if ((set >>> node & 1) != 0) {
                long all = reach(graph, node, i -> loops(graph.edges.get((int) i), set)).stream()
                        .mapToLong(n -> 1L << n)
                        .sum();
                if (all != set) {
                    return false;
                }
            }
        }
        return true;
    }

    private static BitSet reach(DutyGraph graph, int from, LongPredicate edges) {
        BitSet reached = new BitSet();
        reached.set(from);
        boolean more = true;
        while (more) {
            int before = reached.cardinality();
            for (int i = 0; i < graph.edges.size(); i++) {
                if (edges.test(i) && reached.get(graph.edges.get(i).from())) {
                    reached.set(graph.edges.get(i).to());
                }
            }
            more = reached.cardinality() > before;
        }
        return reached;
    }

    private static boolean isFair(DutyGraph graph, int set, long prompt) {
        for (int duty = 0; duty < 26; duty++) {
            int wanted = duty;
            boolean done = graph.edges.stream().anyMatch(edge -> edge.duty() == wanted && loops(edge, set));
            long enabled = IntStream.range(0, 6)
                    .filter(n -> (set >>> n & 1) != 0)
                    .filter(n -> graph.edges.stream().anyMatch(edge -> edge.duty() == wanted && edge.from() == n))
                    .count();
            boolean putOff = (prompt >>> duty & 1) != 0 ? enabled > 0 : enabled == Integer.bitCount(set);
            if (!done && putOff) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> objection(TransitionSystem system, Finding finding) {
        return Livelock.objection(
                system, finding.schedule(), finding.loop().orElseThrow().from());
    }
}
