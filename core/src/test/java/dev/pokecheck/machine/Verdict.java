// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import java.util.EnumSet;
import java.util.Set;

/** What an exhaustive search says of a machine; it does not look further after what is {@link Incidents#FATAL}, but for a lost patch. */
record Verdict(Set<Incident> incidents, boolean deadlock, boolean stuck) {
    static final Verdict HOLDS = new Verdict(Set.of(), false, false);

    static Verdict of(TransitionSystem system) {
        SearchResult result = Search.run(
                system,
                SearchOptions.defaults()
                        .pruneOn(Incidents.FATAL & ~Incident.LOST_PATCH.bit())
                        .stuck(true));
        if (result.end() != SearchResult.End.EXHAUSTED) {
            throw new AssertionError(result);
        }
        Set<Incident> incidents = EnumSet.noneOf(Incident.class);
        boolean deadlock = false;
        for (Finding finding : result.findings()) {
            deadlock |= finding.kind() == Finding.Kind.DEADLOCK;
            if (finding.kind() == Finding.Kind.INCIDENT) {
                incidents.add(Incident.values()[Long.numberOfTrailingZeros(finding.incident())]);
            }
        }
        return new Verdict(incidents, deadlock, result.stuck() == SearchResult.Stuck.FOUND);
    }
}
