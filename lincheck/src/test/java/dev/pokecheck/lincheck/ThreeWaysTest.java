// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Small programs in three ways: walked through as they were recorded, as steps on the host of threads, and as steps on the packed machine. After each step
 * of a schedule all three have the same shared values, text, contexts and results.
 */
final class ThreeWaysTest {
    private static final int RANDOM = 500;
    private static final int SCHEDULES = 10;
    private static final List<String> ONE_SITE = List.of("nop5->jmp32");
    private static final List<String> TWO_SITES = List.of("nop5->call->nop5", "call->nop5->call");

    /** How runs in which all agreed ended, and how many did. */
    private final TreeMap<String, Integer> ends = new TreeMap<>();

    private void agree(Case each, Way... ways) {
        Lockstep.Result result = each.run(ways);
        assertEquals("", result.difference(), each.name() + ", schedule " + each.schedule());
        ends.merge(result.last(), 1, Integer::sum);
    }

    private void assertEnds(String... properties) {
        assertTrue(ends.keySet().containsAll(List.of(properties)), ends::toString);
    }

    @Test
    void allThreeAgreeOnRandomPrograms() {
        Case.all(RANDOM).forEach(each -> agree(each, each.tree(), each.threads(), each.packed()));
        // Most come to an end; the others show that what goes wrong is the same, too.
        assertTrue(ends.get(Way.WAITS) > RANDOM / 2, ends::toString);
        assertEnds("bug", "corrupt-frame", "lost-call", "torn", "unhandled-int3");
    }

    @Test
    void allThreeAgreeOnTheShippedProtocols() {
        shipped(FetchModel.COHERENT).forEach(each -> agree(each, each.tree(), each.threads(), each.packed()));
        assertEnds(Way.RAN, Way.WAITS, "bug", "corrupt-frame", "torn", "unhandled-int3");
    }

    /** What a prefetch sees is a part of what the packed machine lets a CPU see, so that it is not asked here. */
    @Test
    void threadsAgreeWithTheWalkOnPrefetches() {
        shipped(FetchModel.STALE_INSN).forEach(each -> agree(each, each.tree(), each.threads()));
        assertEnds(Way.RAN, Way.WAITS, "bug", "torn");
    }

    private static Stream<Case> shipped(FetchModel fetch) {
        return Catalog.all().stream()
                .flatMap(entry -> IntStream.range(0, SCHEDULES)
                        .mapToObj(n -> Case.shipped(entry, 2 + n % 2, fetch, n % 4 < 2 ? ONE_SITE : TWO_SITES, n))
                        .flatMap(Optional::stream));
    }
}
