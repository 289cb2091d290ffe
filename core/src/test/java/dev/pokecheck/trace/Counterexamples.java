// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.search.DeadEndPolicy;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import java.util.List;
import java.util.function.UnaryOperator;

/** The shortest counterexamples of shipped protocols, found by a search. */
final class Counterexamples {
    private Counterexamples() {}

    static Machine machine(String protocol, UnaryOperator<ScenarioBuilder> change) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(change);
        return new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
    }

    /** The first thing that goes wrong, or the first dead end. */
    static int[] schedule(Machine machine) {
        SearchOptions options = SearchOptions.defaults().stopOn(-1L).deadEnds(DeadEndPolicy.STOP);
        return Search.run(machine, options).findings().get(0).schedule();
    }

    static Trace trace(String protocol) {
        return trace(protocol, scenario -> scenario);
    }

    static Trace trace(String protocol, UnaryOperator<ScenarioBuilder> change) {
        Machine machine = machine(protocol, change);
        return Tracer.run(machine, schedule(machine));
    }
}
