// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Small programs in three ways: walked through as they were recorded, as steps on the host of threads, and as steps on the packed machine. After each step
 * of a schedule all three have the same shared values, text, contexts and results.
 */
final class ThreeWaysTest {
    private static final int RANDOM = 200;
    private static final int RANDOM_IN_FULL = 500;
    private static final int SCHEDULES_IN_FULL = 10;

    /** So many schedules are both numbers of CPUs with both lists of sites; it takes longer to record a protocol for them than to run it. */
    private static final int KINDS = 4;

    private static final int SCHEDULES_OF_A_KIND = 3;
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
        allThreeAgreeOnRandomPrograms(RANDOM);
    }

    @Tag("full")
    @Test
    void allThreeAgreeOnMoreRandomPrograms() {
        allThreeAgreeOnRandomPrograms(RANDOM_IN_FULL);
    }

    private void allThreeAgreeOnRandomPrograms(int random) {
        Case.all(random).forEach(each -> agree(each, each.tree(), each.threads(), each.packed()));
        // Most come to an end; the others show that what goes wrong is the same, too.
        assertTrue(ends.get(Way.WAITS) > random / 2, ends::toString);
        assertEnds("bug", "corrupt-frame", "lost-call", "torn", "unhandled-int3");
    }

    @Test
    void allThreeAgreeOnTheShippedProtocols() {
        allThreeAgree(inTurn(FetchModel.COHERENT));
    }

    @Tag("full")
    @Test
    void allThreeAgreeOnMoreSchedules() {
        allThreeAgree(all(FetchModel.COHERENT));
    }

    private void allThreeAgree(Stream<Case> shipped) {
        shipped.forEach(each -> agree(each, each.tree(), each.threads(), each.packed()));
        assertEnds(Way.RAN, Way.WAITS, "bug", "corrupt-frame", "torn", "unhandled-int3");
    }

    /** What a prefetch sees is a part of what the packed machine lets a CPU see, so that it is not asked here. */
    @Test
    void threadsAgreeWithTheWalkOnPrefetches() {
        threadsAgreeWithTheWalk(inTurn(FetchModel.STALE_INSN));
    }

    @Tag("full")
    @Test
    void threadsAgreeWithTheWalkOnMoreSchedules() {
        threadsAgreeWithTheWalk(all(FetchModel.STALE_INSN));
    }

    private void threadsAgreeWithTheWalk(Stream<Case> shipped) {
        shipped.forEach(each -> agree(each, each.tree(), each.threads()));
        assertEnds(Way.RAN, Way.WAITS, "bug", "torn");
    }

    /** The shipped protocols, each under schedules of one kind. */
    private static Stream<Case> inTurn(FetchModel fetch) {
        List<CatalogEntry> entries = Catalog.all();
        return IntStream.range(0, entries.size())
                .boxed()
                .flatMap(number -> IntStream.range(0, SCHEDULES_OF_A_KIND)
                        .mapToObj(n -> shipped(entries.get(number), fetch, (number + KINDS - 1) % KINDS + KINDS * n))
                        .flatMap(Optional::stream));
    }

    private static Stream<Case> all(FetchModel fetch) {
        return Catalog.all().stream()
                .flatMap(entry -> IntStream.range(0, SCHEDULES_IN_FULL)
                        .mapToObj(n -> shipped(entry, fetch, n))
                        .flatMap(Optional::stream));
    }

    private static Optional<Case> shipped(CatalogEntry entry, FetchModel fetch, int n) {
        return Case.shipped(entry, 2 + n % 2, fetch, n % KINDS < 2 ? ONE_SITE : TWO_SITES, n);
    }
}
