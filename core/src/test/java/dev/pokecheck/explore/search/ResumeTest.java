// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.FetchModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A search that is killed behind a checkpoint, whichever, and goes on from there in a new system, ends as if it had never stopped. */
class ResumeTest {
    private static final long SEED = 20;
    private static final int GRAPHS = 120;
    private static final long STOP = 1;
    private static final long RECORDED = 2;

    /** Polls at every transition. */
    private static final long ALWAYS = 0;

    /** A system, made anew for each search, as in another process. */
    private record Case(String name, Supplier<TransitionSystem> system, SearchOptions options, long pollMask) {
        SearchResult run(Checkpoints checkpoints) {
            TransitionSystem fresh = system.get();
            SearchOptions all = options.checkpoints(checkpoints);
            return Search.run(fresh, all, all.storage().store(fresh, all.maxStates()), pollMask);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static SearchOptions everything() {
        return SearchOptions.defaults().stuck(true).livelock(true);
    }

    static Stream<Case> cases() {
        Supplier<TransitionSystem> livelock = () -> Retry.machine(Retry::again, b -> b);
        Supplier<TransitionSystem> politeness = () -> Retry.machine(Retry::afterYou, b -> b);
        Supplier<TransitionSystem> tso = () -> Retry.machine(
                Retry::emulate,
                b -> b.data(DataModel.TSO).bufferDepth(2).nmis(1).fetchCoherent(true));
        Supplier<TransitionSystem> head = () -> Retry.machine(Retry::emulate, b -> b.fetch(FetchModel.STALE_HEAD));
        List<Case> cases = new ArrayList<>();
        for (Storage storage : Storage.values()) {
            for (Order order : Order.values()) {
                SearchOptions options = everything().storage(storage).order(order);
                String how = ", " + storage + ", " + order;
                cases.add(new Case("grid" + how, () -> new Grid(5, 4, 3), options, ALWAYS));
                cases.add(new Case("livelock" + how, livelock, options, ALWAYS));
                cases.add(new Case("politeness" + how, politeness, options, ALWAYS));
                cases.add(new Case("tso" + how, tso, options.pruneOn(Incidents.FATAL), 255));
                cases.add(new Case("stale-head" + how, head, options.pruneOn(Incidents.FATAL), 7));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void killedOnceAtEachCheckpoint(Case one) {
        SearchResult expected = one.run(Checkpoints.NONE);
        Tape.Recorder undisturbed = new Tape.Recorder(null, 0);
        assertEquals(expected, one.run(undisturbed));
        assertEquals(false, undisturbed.isAtBound());
        assertTrue(undisturbed.saved() > 5, () -> "only " + undisturbed.saved() + " checkpoints");
        for (int kill = 1; kill <= undisturbed.saved(); kill++) {
            Tape.Recorder killed = new Tape.Recorder(null, kill);
            assertThrows(Tape.Killed.class, () -> one.run(killed));
            Tape.Recorder resumed = new Tape.Recorder(killed.last(), 0);
            assertEquals(expected, one.run(resumed), "killed behind checkpoint " + kill);
            assertTrue(resumed.isFormerRead());
            assertEquals(undisturbed.saved(), kill + resumed.saved());
        }
    }

    /** Each process makes one checkpoint and dies. */
    @ParameterizedTest
    @MethodSource("cases")
    void killedAtEveryCheckpoint(Case one) {
        SearchResult expected = one.run(Checkpoints.NONE);
        Tape.Recorder process = new Tape.Recorder(null, 1);
        int deaths = 0;
        while (true) {
            try {
                assertEquals(expected, one.run(process), deaths + " deaths");
                break;
            } catch (Tape.Killed e) {
                deaths++;
                process = new Tape.Recorder(process.last(), 1);
            }
        }
        Tape.Recorder undisturbed = new Tape.Recorder(null, 0);
        one.run(undisturbed);
        assertEquals(undisturbed.saved(), deaths);
    }

    /** What stops a search, what it only notes, dead ends, stuck states: found before a kill or behind it, it is the same. */
    @Test
    void graphsWithFindings(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        int[] found = new int[Finding.Kind.values().length];
        int stopped = 0;
        for (int i = 0; i < GRAPHS; i++) {
            Graph graph = random(random);
            SearchOptions options = everything()
                    .stopOn(STOP)
                    .order(random.nextBoolean() ? Order.BREADTH_FIRST : Order.DEPTH_FIRST)
                    .deadEnds(DeadEndPolicy.values()[random.nextInt(3)]);
            Case one = new Case("graph " + i, () -> graph, options, ALWAYS);
            killedOnceAtEachCheckpointOf(one);
            SearchResult result = one.run(Checkpoints.NONE);
            result.findings().forEach(finding -> found[finding.kind().ordinal()]++);
            stopped += result.end() == End.STOPPED_AT_FINDING ? 1 : 0;
        }
        assertTrue(stopped > 10, "stopped " + stopped);
        for (Finding.Kind kind : Finding.Kind.values()) {
            assertTrue(found[kind.ordinal()] > 5, kind + " " + found[kind.ordinal()]);
        }
    }

    private static void killedOnceAtEachCheckpointOf(Case one) {
        killedAtSome(one, Integer.MAX_VALUE);
    }

    /** Killed behind evenly spaced checkpoints, the first and the last among them. */
    private static void killedAtSome(Case one, int most) {
        SearchResult expected = one.run(Checkpoints.NONE);
        Tape.Recorder all = new Tape.Recorder(null, 0);
        one.run(all);
        int stride = Math.max(1, (all.saved() - 1) / most);
        for (int kill = 1; kill <= all.saved(); kill += stride) {
            Tape.Recorder killed = new Tape.Recorder(null, kill);
            assertThrows(Tape.Killed.class, () -> one.run(killed));
            assertEquals(expected, one.run(new Tape.Recorder(killed.last(), 0)), one + ", checkpoint " + kill);
        }
    }

    private static Graph random(SplittableRandom random) {
        int nodes = random.nextInt(3, 25);
        Graph graph = new Graph(nodes);
        for (int edge = random.nextInt(nodes, 3 * nodes); edge > 0; edge--) {
            long raises = random.nextInt(30) == 0 ? random.nextInt(1, 4) : 0;
            graph.edge(random.nextInt(nodes), random.nextInt(nodes), raises);
        }
        for (int node = 0; node < nodes; node++) {
            if (random.nextInt(25) == 0) {
                graph.shows(node, random.nextInt(4) == 0 ? STOP : RECORDED);
            }
            if (random.nextInt(6) == 0) {
                graph.complete(node);
            }
        }
        return graph;
    }

    /** Larger than a segment of any table, so that each begins anew in the midst of one. */
    @ParameterizedTest
    @MethodSource("orders")
    void tablesOfManySegments(Order order, Storage storage) {
        killedInTablesOfManySegments(order, storage, 2);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("orders")
    void tablesOfManySegmentsMoreOften(Order order, Storage storage) {
        killedInTablesOfManySegments(order, storage, 8);
    }

    private static void killedInTablesOfManySegments(Order order, Storage storage, int most) {
        SearchOptions options = everything().order(order).storage(storage);
        Case one = new Case("grid", () -> new Grid(150, 30, 10), options, (1 << 13) - 1);
        assertEquals(45_000, one.run(Checkpoints.NONE).states());
        killedAtSome(one, most);
    }

    static Stream<Arguments> orders() {
        return Stream.of(Order.values())
                .flatMap(order -> Stream.of(Storage.values()).map(storage -> Arguments.of(order, storage)));
    }

    @Test
    void aBoundOfStatesCountsThoseOfTheCheckpoint() {
        Case bounded = new Case("grid", () -> new Grid(30, 30), everything().maxStates(200), ALWAYS);
        assertEquals(End.STATE_BOUND, bounded.run(Checkpoints.NONE).end());
        killedOnceAtEachCheckpointOf(bounded);
        Tape.Recorder killed = new Tape.Recorder(null, 150);
        assertThrows(Tape.Killed.class, () -> bounded.run(killed));
        Case higher = new Case("grid", () -> new Grid(30, 30), everything(), ALWAYS);
        assertEquals(higher.run(Checkpoints.NONE), higher.run(new Tape.Recorder(killed.last(), 0)));
        Case lower = new Case("grid", () -> new Grid(30, 30), everything().maxStates(100), ALWAYS);
        assertEquals(
                "the checkpoint has 168 states already, and at most 100 are to be kept; give a higher bound",
                refusal(lower, killed.last()));
    }

    /** What the budget ends can be gone on from without loss, whatever the search was doing. */
    @ParameterizedTest
    @MethodSource("cases")
    void endedByTheBudget(Case one) {
        SearchResult expected = one.run(Checkpoints.NONE);
        Tape.Recorder all = new Tape.Recorder(null, 0);
        one.run(all);
        for (int polls = 1; polls <= all.saved(); polls++) {
            int most = polls;
            int[] asked = {0};
            Case ended = new Case(
                    one.name, one.system, one.options.budget(() -> ++asked[0] < most ? null : "enough"), one.pollMask);
            Tape.Recorder first = new Tape.Recorder(null, 0);
            assertEquals(End.INTERRUPTED, ended.run(first).end());
            assertTrue(first.isAtBound());
            assertEquals(expected, one.run(new Tape.Recorder(first.last(), 0)));
        }
    }

    private static Tape checkpoint(Case one, int number) {
        Tape.Recorder killed = new Tape.Recorder(null, number);
        assertThrows(Tape.Killed.class, () -> one.run(killed));
        return killed.last();
    }

    private static String refusal(Case one, Tape tape) {
        return String.valueOf(assertThrows(CheckpointException.class, () -> one.run(new Tape.Recorder(tape, 0)))
                .getMessage());
    }

    @Test
    void refusesTheCheckpointOfAnotherSearch() {
        Case one = new Case("grid", () -> new Grid(5, 5), everything(), ALWAYS);
        Tape tape = checkpoint(one, 10);
        List<SearchOptions> others = List.of(
                everything().order(Order.DEPTH_FIRST),
                everything().storage(Storage.PLAIN),
                everything().stopOn(1),
                everything().pruneOn(1),
                everything().deadEnds(DeadEndPolicy.STOP),
                everything().stuck(false),
                everything().livelock(false));
        for (SearchOptions other : others) {
            assertEquals(
                    "the checkpoint is of another search: its system or its options differ",
                    refusal(new Case("grid", one.system, other, ALWAYS), tape));
        }
        assertEquals(
                "the checkpoint is of another search: its system or its options differ",
                refusal(new Case("grid", () -> new Grid(5, 5, 5), everything(), ALWAYS), tape));
    }

    @Test
    void refusesTheCheckpointOfAnotherSystem() {
        Case one = new Case("graph", () -> Graph.of(6, "0>1 1>2 2>3 3>4 4>5"), everything(), ALWAYS);
        Tape tape = checkpoint(one, 4);
        for (String edges : List.of("0>2 2>1 1>3 3>4 4>5", "0>1 1>2 2>4 4>3 3>5")) {
            assertEquals(
                    "the checkpoint is of another system: no step of this one leads to its states",
                    refusal(new Case("graph", () -> Graph.of(6, edges), everything(), ALWAYS), tape));
        }
        Case machine = new Case("emulate", () -> Retry.machine(Retry::emulate, b -> b), everything(), ALWAYS);
        Tape ofOneSite = checkpoint(machine, 40);
        Case coherent = new Case(
                "coherent",
                () -> Retry.machine(Retry::emulate, b -> b.fetch(FetchModel.COHERENT)),
                everything(),
                ALWAYS);
        assertTrue(
                refusal(coherent, ofOneSite).startsWith("the checkpoint is of another system: "),
                "fetch histories of another model");
    }

    /** Damage that a checksum would have found must not end in a wrong answer either, as far as that can be told. */
    @Test
    void whatIsCutOffIsRefused() {
        Case one = new Case("grid", () -> new Grid(5, 5), everything(), ALWAYS);
        Tape whole = checkpoint(one, 10);
        for (int length = 0; length < whole.size(); length++) {
            Tape cut = new Tape();
            Tape.Reader reader = whole.reader();
            for (int i = 0; i < length; i++) {
                cut.number(reader.number());
            }
            assertEquals("read behind the end", refusal(one, cut));
        }
    }

    /** The numbers of fetch histories are given as they come; a machine that has run before gives others until it is told. */
    @Test
    void aMachineThatHasRunBefore() {
        Protocol.Definition definition = Retry::emulate;
        Supplier<TransitionSystem> used = () -> {
            Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop2->jmp8")));
            Machine machine = Machine.of(scenario, "retry", definition);
            Search.run(
                    machine, SearchOptions.defaults().order(Order.DEPTH_FIRST).maxStates(200));
            return machine;
        };
        Case fresh = new Case("fresh", () -> Retry.machine(definition, b -> b), everything(), 63);
        Case other = new Case("used", used, everything(), 63);
        Tape.Recorder all = new Tape.Recorder(null, 0);
        SearchResult expected = fresh.run(all);
        for (int kill = 1; kill <= all.saved(); kill++) {
            assertEquals(expected, other.run(new Tape.Recorder(checkpoint(fresh, kill), 0)));
        }
    }
}
