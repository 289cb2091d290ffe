// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.compare.Mutants;
import dev.pokecheck.explore.compare.Mutants.Baseline;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.protocol.mutation.Mutation;
import dev.pokecheck.protocol.mutation.Mutations;
import dev.pokecheck.text.FetchModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One scenario under several models, in which mutants of a protocol are tried.
 *
 * @param scenario the scenario
 * @param baselines what the protocol itself does, model by model
 * @param mutations its mutations there, by the places that they change
 */
public record MutantStage(Scenario scenario, List<Baseline> baselines, Map<String, Mutation> mutations) {

    /** Searches the protocol itself. */
    public static MutantStage of(CatalogEntry entry, GivenScenario one, List<FetchModel> models, SearchOptions search) {
        Scenario scenario = one.machine(entry, List.of()).scenario();
        Map<String, Mutation> mutations = new LinkedHashMap<>();
        UsageException.at(
                        entry.fullName(), () -> Mutations.of(entry.fullName(), scenario.setting(), entry.definition()))
                .forEach(mutation -> mutations.put(mutation.place(), mutation));
        List<Baseline> baselines = models.stream()
                .map(model -> UsageException.at(
                        entry.fullName(),
                        () -> Mutants.baseline(
                                entry.record(scenario.setting()),
                                scenario.with(builder -> builder.fetch(model)),
                                search)))
                .toList();
        return new MutantStage(scenario, baselines, mutations);
    }

    /** Those under which the protocol itself holds. */
    public List<Baseline> holding() {
        return baselines.stream().filter(Baseline::holds).toList();
    }
}
