// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.explore.search.Order;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.ThreadWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A protocol in a scenario, of which a search with {@code --all} says the same whatever is merged and in whatever order it goes.
 *
 * @param violated what the rules say that it violates, of what no level allows
 */
record RuleCase(
        String name,
        List<String> sites,
        UnaryOperator<ScenarioBuilder> change,
        Protocol.Definition program,
        Set<Property> violated) {
    @Override
    public String toString() {
        return name;
    }

    /** What a search says. */
    private record Answer(Verdict.Kind kind, Optional<Level> level, Set<Property> violated) {}

    private Answer answer(Order order, UnaryOperator<ScenarioBuilder> way) {
        Scenario scenario = Scenario.of(sites.stream().map(SiteSpec::parse).toList())
                .with(b -> way.apply(change.apply(b.thread(ThreadWork.NONE))));
        Verdict verdict = Check.search(
                Machine.of(scenario, name, program),
                CheckOptions.defaults()
                        .all(true)
                        .search(SearchOptions.defaults().order(order)));
        Set<Property> found =
                verdict.findings().stream().map(Violation::property).collect(Collectors.toCollection(TreeSet::new));
        return new Answer(verdict.kind(), verdict.level(), found);
    }

    void assertAnswersAgree() {
        Answer plain = answer(Order.BREADTH_FIRST, b -> b.mergeLocal(false).reduce(false));
        assertEquals(
                violated,
                plain.violated.stream()
                        .filter(property -> property.forbiddenAt(Level.NONE))
                        .collect(Collectors.toSet()));
        assertEquals(plain, answer(Order.BREADTH_FIRST, b -> b.reduce(false)), "merged");
        assertEquals(plain, answer(Order.BREADTH_FIRST, b -> b.reduce(true)), "reduced");
        assertEquals(plain, answer(Order.DEPTH_FIRST, b -> b.reduce(true)), "depth first");
        assertEquals(plain, answer(Order.DEPTH_FIRST, b -> b.mergeLocal(false).reduce(false)), "depth first, plain");
    }
}
