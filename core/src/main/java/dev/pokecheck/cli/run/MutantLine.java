// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.explore.compare.Mutants;
import dev.pokecheck.explore.compare.Mutants.Cell;
import dev.pokecheck.explore.compare.Mutants.Fate;
import dev.pokecheck.protocol.mutation.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a mutant.
 *
 * @param mutation the mutant
 * @param cells what the search has shown under each model
 * @param fate what follows
 * @param stage the number of the scenario that the cells are of
 * @param difference how a mutant that was not told apart differs all the same; else empty
 */
public record MutantLine(Mutation mutation, List<Cell> cells, Fate fate, int stage, String difference) {

    private MutantLine with(Fate other, String how) {
        return new MutantLine(mutation, cells, other, stage, how);
    }

    /** The letter by which a scenario is called. */
    public static String letter(int stage) {
        return String.valueOf((char) ('a' + stage));
    }

    /**
     * Tries a mutant. The first scenario that tells it from the protocol decides; without one, the first. What none of them tells apart is compared in
     * those that execute it; in the others it is the same program.
     *
     * @param place what it changes
     * @param runners one for each stage
     */
    public static MutantLine of(String place, List<MutantStage> stages, List<Mutants> runners) {
        Optional<MutantLine> line = Optional.empty();
        List<Integer> executed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Mutation mutation = stages.get(i).mutations().get(place);
            if (mutation == null
                    || line.filter(known -> known.fate() == Fate.EQUIVALENT).isPresent()) {
                continue;
            }
            Mutants.Row row = runners.get(i).row(mutation);
            MutantLine next = new MutantLine(mutation, row.cells(), row.fate(), i, "");
            if (row.fate() == Fate.KILLED) {
                return next;
            }
            if (row.fate() == Fate.SURVIVED) {
                executed.add(i);
            }
            boolean says = line.isEmpty() || next.fate().compareTo(line.get().fate()) > 0;
            line = says ? Optional.of(next) : line;
        }
        MutantLine found = line.orElseThrow();
        return found.fate() == Fate.SURVIVED ? found.compared(place, executed, stages, runners) : found;
    }

    private MutantLine compared(String place, List<Integer> executed, List<MutantStage> stages, List<Mutants> runners) {
        for (int i : executed) {
            Mutation there = Objects.requireNonNull(stages.get(i).mutations().get(place));
            Optional<String> how = runners.get(i).difference(there);
            if (how.isPresent()) {
                return with(Fate.SURVIVED, how.get() + ", in scenario " + letter(i));
            }
        }
        return with(Fate.SAME, "");
    }
}
