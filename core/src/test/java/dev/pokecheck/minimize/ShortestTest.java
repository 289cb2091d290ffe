// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Violation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Minimised schedules of every violating scenario of the corpus, beside breadth-first search: random, PCT, and detours from what is known. */
class ShortestTest {
    private static final int SEEDS = 1;
    private static final long RUNS = 300;
    private static final int MAX_STATES = 300_000;

    /** In hundredths. */
    private static final int WANTED = 95;

    @Tag("full")
    @Test
    void minimisedSchedulesAreAsShortAsThoseOfBreadthFirstSearch() throws IOException {
        List<Case> cases = Case.all(SEEDS, RUNS);
        Map<String, Integer> byCheck = new TreeMap<>();
        TreeSet<String> files = new TreeSet<>();
        int shortest = 0;
        int shortestOfProperty = 0;
        for (Case one : cases) {
            files.add(one.file());
            Minimizer keeping = one.minimizer().keepScenario(true);
            Minimized same = one.minimized(keeping);
            Minimized anywhere = one.minimized(keeping.keepPhase(false));
            // What no search of that size finds counts as not shortest.
            int best = one.shortest(same, false, MAX_STATES).orElse(0);
            int check = byCheck.computeIfAbsent(one.file(), file -> check(one));
            assertTrue(same.after().steps() >= best, one.name() + ": shorter than the shortest");
            shortest += same.after().steps() == best ? 1 : 0;
            shortestOfProperty += anywhere.after().steps() <= check ? 1 : 0;
            System.out.printf(
                    "%-53s %4d -> %3d steps, breadth first %3d; in any phase %3d, check %3d%n",
                    one.name(),
                    one.steps(),
                    same.after().steps(),
                    best,
                    anywhere.after().steps(),
                    check);
        }
        System.out.printf(
                "seeds 1..%d: %d schedules, %d as short as breadth-first search's to the same violation;"
                        + " in any phase %d as short as that of check, to the property anywhere%n",
                SEEDS, cases.size(), shortest, shortestOfProperty);
        assertTrue(files.size() >= 30, "scenarios of the corpus with a case: " + files);
        assertTrue(100 * shortest >= WANTED * cases.size(), shortest + " of " + cases.size());
        assertTrue(100 * shortestOfProperty >= WANTED * cases.size(), shortestOfProperty + " of " + cases.size());
    }

    /** The steps to a violation of the property, wherever, that the search of all states reports. */
    private static int check(Case one) {
        CheckOptions options = CheckOptions.defaults()
                .require(one.property().from())
                .lookFor(EnumSet.of(one.property()))
                .search(SearchOptions.defaults().maxStates(MAX_STATES));
        return Check.search(one.machine(), options)
                .violation()
                .map(Violation::depth)
                .orElse(0);
    }

    @Pins("minimize.function-of-its-arguments")
    @Test
    void theSameScheduleIsMinimisedAlikeEveryTime() throws IOException {
        for (String file : List.of(
                "deadlock+stale-ack+in-nmi",
                "group+one-site-first",
                "torn+stop_machine+nmi",
                "unhandled-int3+no-sync3")) {
            Case one = Case.of(file, 1);
            Minimized first = one.minimized(one.minimizer());
            Minimized second = one.minimized(one.minimizer());
            assertEquals(first.steps(), second.steps(), one.name());
            assertEquals(first.scenario(), second.scenario(), one.name());
            assertEquals(first.passes(), second.passes(), one.name());
        }
    }
}
