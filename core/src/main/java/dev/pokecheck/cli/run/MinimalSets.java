// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.property.Property;
import dev.pokecheck.source.token.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The minimal sets of changes with which a protocol holds: those that hold while no proper subset does. Nothing is concluded from a smaller set to
 * a larger one, for a change can break what another has mended: every set is searched, but for those with a proper subset that holds,
 * which are not minimal whatever they do. Sets that come to the same program are searched once.
 *
 * @param minimal the sets, the smaller first, each as the names of its changes
 * @param sets how many sets there are
 * @param searches how many different programs were searched
 * @param tested what those hold for that are minimal; empty if that is a level
 * @param open what was not decided, and why: a bound, a vacuous run, or a change that cannot be recorded for the scenario
 */
public record MinimalSets(
        List<List<String>> minimal, int sets, int searches, List<Property> tested, List<String> open) {
    /** Copies the lists. */
    public MinimalSets {
        minimal = minimal.stream().map(List::copyOf).toList();
        tested = List.copyOf(tested);
        open = List.copyOf(open);
    }

    /**
     * Searches the sets.
     *
     * @param base the protocol that is changed, and the changes to try
     * @param only the properties that alone are looked for; empty for all
     * @param searched told after each set
     */
    public static MinimalSets of(
            Changeable base, GivenScenario scenario, List<Property> only, CheckOptions options, Runnable searched) {
        return new Trial(base, scenario, only, options, searched).run();
    }

    private static final class Trial {
        private final Changeable base;
        private final GivenScenario scenario;
        private final List<Property> only;
        private final CheckOptions options;
        private final Runnable searched;
        private final Map<String, Verdict> known = new LinkedHashMap<>();
        private final List<Integer> minimal = new ArrayList<>();
        private final Set<Property> tested = EnumSet.noneOf(Property.class);
        private final List<String> open = new ArrayList<>();

        Trial(Changeable base, GivenScenario scenario, List<Property> only, CheckOptions options, Runnable searched) {
            this.base = base;
            this.scenario = scenario;
            this.only = only;
            this.options = options;
            this.searched = searched;
        }

        MinimalSets run() {
            IntStream.range(0, base.sets())
                    .boxed()
                    .sorted(Comparator.comparing(Integer::bitCount))
                    .forEach(this::consider);
            return new MinimalSets(
                    minimal.stream().map(this::names).toList(), base.sets(), known.size(), List.copyOf(tested), open);
        }

        private void consider(int set) {
            if (minimal.stream().noneMatch(smaller -> (smaller & set) == smaller)) {
                search(set);
            }
            searched.run();
        }

        private void search(int set) {
            CatalogEntry entry = base.with().apply(names(set));
            Verdict verdict;
            try {
                verdict = known.computeIfAbsent(
                        entry.program(scenario.scenario().setting()),
                        program -> Check.search(
                                scenario.answering(Machines.of(entry, scenario.scenario()), only), options));
            } catch (UsageException e) {
                if (set == 0) {
                    throw e;
                }
                open.add(e.getMessage());
                return;
            } catch (SourceException e) {
                if (set == 0) {
                    throw e;
                }
                open.add(name(set) + ": " + e.complaints().get(0).message());
                return;
            }
            switch (verdict.kind()) {
                case HOLDS -> {
                    minimal.add(set);
                    tested.addAll(verdict.level().isEmpty() ? verdict.tested() : List.of());
                }
                case VIOLATED -> {
                    // One of the sets that do not hold.
                }
                case VACUOUS, NO_VIOLATION_WITHIN, SAMPLED -> open.add(name(set) + ": " + verdict.sentence());
            }
        }

        private String name(int set) {
            String plus = Character.toString(Catalog.CHANGED_BY);
            return base.name() + (set == 0 ? "" : plus + String.join(plus, names(set)));
        }

        private List<String> names(int set) {
            return IntStream.range(0, base.changes().size())
                    .filter(i -> (set >>> i & 1) != 0)
                    .mapToObj(base.changes()::get)
                    .toList();
        }
    }
}
