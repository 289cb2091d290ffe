// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all states of a protocol in a scenario come to.
 *
 * @param found all that is violated somewhere, in alphabetical order, so that the level follows from it; empty if nothing is
 * @param counts states, transitions, depth
 */
record FormCounts(List<String> found, List<Long> counts) {
    /** Scenarios with more states are left out. */
    private static final int MOST_STATES = 60_000;

    private static final List<String> COMMON = List.of(
            "cpus=2 site0=nop5->jmp32",
            "cpus=2 site0=nop5->call->nop5 thread=foreign",
            "cpus=2 site0=nop5->jmp32 data=tso fetch=stale-tail",
            "cpus=2 site0=nop5->jmp32@62 fetch=coherent chunk=64",
            "cpus=2 site0=nop2->jmp8 site1=nop2->jmp8",
            "cpus=3 site0=nop2->jmp8",
            "cpus=2 site0=nop2->jmp8 thread=none nmi=1 nmi-work=site",
            "cpus=2 site0=nop2->jmp8 thread=none irq=1",
            "cpus=1 site0=nop5->jmp32 irq=1",
            "cpus=2 site0=nop2->probe");

    /** The scenarios in which a protocol is compared. */
    static Set<String> scenarios(String protocol) {
        Set<String> all = new LinkedHashSet<>(COMMON);
        all.addAll(Battery.of(protocol));
        return all;
    }

    /** Searches all states; empty if there are too many. */
    static Optional<FormCounts> of(CatalogEntry entry, String scenario) {
        Scenario asked = ScenarioText.parse(scenario).with(s -> s.reduce(true));
        Machine machine = new Machine(asked, entry.record(asked.setting()));
        SearchResult result = Search.run(
                machine,
                SearchOptions.defaults().pruneOn(Incidents.FATAL).stuck(true).maxStates(MOST_STATES));
        if (result.end() != SearchResult.End.EXHAUSTED) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>(result.findings().stream()
                .map(FormCounts::name)
                .distinct()
                .sorted()
                .toList());
        return Optional.of(
                new FormCounts(found, List.of(result.states(), result.transitions(), (long) result.depth())));
    }

    private static String name(Finding finding) {
        return finding.kind() == Finding.Kind.INCIDENT
                ? Incident.values()[Long.numberOfTrailingZeros(finding.incident())].name()
                : finding.kind().name();
    }
}
