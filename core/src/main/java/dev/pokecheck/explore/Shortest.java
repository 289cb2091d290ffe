// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import dev.pokecheck.machine.Machine;

/**
 * Looks for the shortest schedule of a finding. A breadth-first search of a machine that merges steps finds one with the fewest merged
 * steps; with all of them spelled out another may be shorter. So the machine without merging is searched once more, for this finding
 * only and no deeper than what is known.
 *
 * <p>The second search is bounded: beyond the bound the known schedule stands, and nothing says that it is the shortest.
 */
final class Shortest {
    private static final int MAX_STATES = 1_000_000;

    private Shortest() {}

    /** The finding on {@link Machine#unreduced}, with the shortest schedule that was found. */
    static Finding of(Machine machine, Finding reduced) {
        Finding known = Finding.with(reduced, machine.expand(reduced.schedule()));
        if (known.depth() == reduced.depth() || reduced.kind() == Finding.Kind.STUCK) {
            return known;
        }
        long reached = machine.reached();
        SearchOptions options = SearchOptions.defaults()
                .stopOn(known.incident())
                .pruneOn(CheckOptions.endsOfExecution())
                .deadEnds(known.kind() == Finding.Kind.DEADLOCK ? Attention.STOP : Attention.IGNORE)
                .maxStates(MAX_STATES);
        SearchResult result = Search.run(machine.unreduced(), options);
        machine.setReached(reached);
        return result.findings().stream()
                .filter(found -> found.kind() == known.kind() && found.incident() == known.incident())
                .filter(found -> found.depth() < known.depth())
                .findFirst()
                .orElse(known);
    }
}
