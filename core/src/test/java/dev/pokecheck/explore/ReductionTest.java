// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The merging of steps changes how many states a search visits and nothing that it says. A lost patch is not pruned here: it is seen in
 * states where everybody is done, which merging makes more states be, and what lies behind must not be lost with them.
 */
class ReductionTest {
    private static final int THIRD = 3;

    /** What a search says: the kinds of findings, and what it reached. */
    private record Answer(TreeSet<String> findings, long reached, SearchResult.Stuck stuck) {}

    private static List<Scenario> scenarios() {
        Scenario one = Scenario.of(List.of(SiteSpec.parse("nop5->call")));
        Scenario two = Scenario.of(List.of(SiteSpec.parse("nop2->jmp8"), SiteSpec.parse("jmp8->nop2")));
        Scenario lock = Scenario.of(List.of(SiteSpec.parse("pvcall->unlock")));
        List<Scenario> all = new ArrayList<>();
        for (DataModel data : DataModel.values()) {
            all.add(one.with(s -> s.data(data)));
            all.add(two.with(s -> s.data(data)));
            all.add(one.with(s -> s.data(data).thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.SITE)));
            all.add(two.with(s -> s.data(data).thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.SITE)));
            all.add(lock.with(s -> s.data(data).thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.LOCK)));
            all.add(one.with(s -> s.data(data).irqs(1)));
            all.add(one.with(s -> s.data(data).nmis(2)));
            all.add(one.with(s -> s.data(data).nmis(1).nmi(NmiModel.HARDWARE)));
            all.add(one.with(s -> s.data(data).mcs(1).thread(ThreadWork.NONE)));
        }
        return all;
    }

    /** Each in every third scenario, in turn. */
    @Pins("machine.merging")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#numbered")
    void saysTheSameWithAndWithout(String name, int number) {
        List<Scenario> all = scenarios();
        List<Scenario> some = new ArrayList<>();
        for (int i = number % THIRD; i < all.size(); i += THIRD) {
            some.add(all.get(i));
        }
        saysTheSame(name, some);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#all")
    void saysTheSameInAll(String name) {
        saysTheSame(name, scenarios());
    }

    private static void saysTheSame(String name, List<Scenario> scenarios) {
        Set<Scenario> fitting = scenarios.stream()
                .map(scenario -> FittingSites.in(name, scenario))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Scenario scenario : fitting) {
            Machine full = machine(name, scenario);
            Machine reduced = machine(name, scenario.with(s -> s.reduce(true)));
            SearchResult fullResult = search(full);
            SearchResult reducedResult = search(reduced);
            assertEquals(answer(full, fullResult), answer(reduced, reducedResult), name + " in " + scenario);
            assertTrue(reducedResult.states() <= fullResult.states());
            replayExpanded(reduced, reducedResult);
        }
    }

    /** Two loads a round, of what nobody stores to: 256 steps were merged where two rounds say all. */
    @Pins("machine.merged-rounds")
    @Test
    void aLoopThatNobodyCanEndIsMergedForAFewRounds() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1"))).with(s -> s.thread(ThreadWork.NONE));
        Protocol.Definition spins = b -> {
            Shared round = b.shared("round", 0, 0, 1);
            Shared stop = b.shared("stop", 0, 0, 1);
            b.thread(0, r -> {
                Local seen = r.local("seen", 0, 1);
                r.fence("begin");
                r.whileTrue(Expr.of(1), () -> {
                    r.load("round", seen, round);
                    r.ifThen(seen.value().eq(1), r::leave);
                    r.load("halt", seen, stop);
                    r.ifThen(seen.value().eq(1), r::leave);
                });
            });
            b.thread(1, r -> r.fence("other"));
        };
        for (boolean reduce : new boolean[] {false, true}) {
            Verdict verdict = Check.search(
                    Machine.of(scenario.with(s -> s.reduce(reduce)), "spins", spins), CheckOptions.defaults());
            Violation violation = verdict.violation().orElseThrow();
            assertEquals(Property.DEADLOCK, violation.property());
            assertTrue(violation.depth() < 16, () -> "after " + violation.depth() + " steps");
        }
    }

    private static Machine machine(String name, Scenario scenario) {
        return new Machine(scenario, Catalog.find(name).orElseThrow().record(scenario.setting()));
    }

    private static SearchResult search(Machine machine) {
        return Search.run(
                machine,
                SearchOptions.defaults()
                        .pruneOn(Incidents.FATAL & ~Incident.LOST_PATCH.bit())
                        .stuck(true)
                        .livelock(true)
                        .maxStates(3_000_000));
    }

    private static Answer answer(Machine machine, SearchResult result) {
        assertEquals(SearchResult.End.EXHAUSTED, result.end());
        TreeSet<String> findings = new TreeSet<>();
        result.findings().forEach(finding -> findings.add(finding.kind() + " " + finding.incident()));
        // A full store buffer holds a store back, and a CPU has to wait, in more states if more are told apart.
        long same = machine.reached() & ~Reached.FULL_BUFFER.bit() & ~Reached.WAITED.bit();
        return new Answer(findings, same, result.stuck());
    }

    /** Each finding of the reduced search happens on the full machine, too. */
    private static void replayExpanded(Machine reduced, SearchResult result) {
        Machine full = reduced.unreduced();
        for (Finding finding : result.findings()) {
            long[] state = new long[full.words()];
            full.initial(state);
            long incidents = 0;
            for (int action : reduced.expand(finding.schedule())) {
                incidents |= full.apply(state, action);
            }
            incidents |= full.inspect(state);
            assertEquals(finding.incident(), incidents & finding.incident());
        }
    }
}
