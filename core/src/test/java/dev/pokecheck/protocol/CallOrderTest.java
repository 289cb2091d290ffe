// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.catalog.Representatives;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol.Definition;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether the text of a protocol says that versions come in the order of their numbers. */
class CallOrderTest {
    private static final Scenario SCENARIO =
            Scenario.of(List.of(SiteSpec.parse("nop1->f4->f5"), SiteSpec.parse("nop1->f4->f5")));

    private static CallOrder order(Definition definition) {
        return Protocol.record("calls", SCENARIO.setting(), definition).callOrder();
    }

    private static CallOrder first(BiConsumer<Recorder, Site> thread) {
        return order(b -> b.thread(0, r -> thread.accept(r, b.sites().get(0))));
    }

    private static void call(Recorder r, Site site, int version) {
        r.patchBegin("begin" + version, site, version);
        r.patchEnd("end" + version, site, version);
    }

    @Test
    void numbersThatGrowAreAscending() {
        assertTrue(order(b -> {}).isAscending());
        assertTrue(first((r, site) -> {
                    call(r, site, 1);
                    call(r, site, 2);
                })
                .isAscending());
        assertTrue(first((r, site) -> {
                    r.patchBegin("begin1", site, 1);
                    call(r, site, 2);
                })
                .isAscending());
    }

    @Test
    void numbersThatShrinkAreNot() {
        assertFalse(first((r, site) -> {
                    call(r, site, 2);
                    call(r, site, 1);
                })
                .isAscending());
        assertFalse(first((r, site) -> {
                    call(r, site, 1);
                    call(r, site, 2);
                    call(r, site, 0);
                })
                .isAscending());
    }

    @Test
    void aVersionThatIsNotBroughtIsMissing() {
        assertFalse(first((r, site) -> call(r, site, 1)).isAscending());
        assertFalse(first((r, site) -> call(r, site, 2)).isAscending());
    }

    @Test
    void eachSiteCounts() {
        assertFalse(order(b -> b.thread(0, r -> {
                    call(r, b.sites().get(0), 1);
                    call(r, b.sites().get(0), 2);
                    r.patchBegin("other", b.sites().get(1), 2);
                }))
                .isAscending());
    }

    @Test
    void whatABranchOrALoopBeginsMayNotBeBrought() {
        assertFalse(first((r, site) -> {
                    call(r, site, 1);
                    r.ifThen(Expr.of(1), () -> call(r, site, 2));
                })
                .isAscending());
        assertFalse(first((r, site) -> r.whileTrue(Expr.of(0), () -> {
                    call(r, site, 1);
                    call(r, site, 2);
                }))
                .isAscending());
        assertTrue(first((r, site) -> {
                    call(r, site, 1);
                    r.patchBegin("begin2", site, 2);
                    r.ifThen(Expr.of(1), () -> r.patchEnd("end2", site, 2));
                })
                .isAscending());
    }

    /** It may never come, or again and again. */
    @Test
    void noHandlerBringsAVersionForCertain() {
        assertFalse(order(b -> {
                    b.thread(0, r -> call(r, b.sites().get(0), 1));
                    b.nmi(r -> call(r, b.sites().get(0), 2));
                })
                .isAscending());
        assertFalse(order(b -> b.breakpoint(r -> {
                    call(r, b.sites().get(0), 1);
                    call(r, b.sites().get(0), 2);
                }))
                .isAscending());
        assertTrue(stopped(
                        (r, site) -> {
                            call(r, site, 1);
                            call(r, site, 2);
                        },
                        (r, site) -> {})
                .isAscending());
        assertFalse(stopped((r, site) -> call(r, site, 1), (r, site) -> call(r, site, 2))
                .isAscending());
    }

    private static CallOrder stopped(BiConsumer<Recorder, Site> here, BiConsumer<Recorder, Site> elsewhere) {
        return order(b -> {
            Site site = b.sites().get(0);
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> here.accept(r, site),
                            b.routine("elsewhere", other -> elsewhere.accept(other, site))));
        });
    }

    @Test
    void severalPatchersMayBringTheSameVersionOnly() {
        Scenario two = Scenario.of(List.of(SiteSpec.parse("nop1->f4")));
        Definition same = b -> {
            b.thread(0, r -> call(r, b.sites().get(0), 1));
            b.thread(1, r -> call(r, b.sites().get(0), 1));
        };
        assertTrue(Protocol.record("same", two.setting(), same).callOrder().isAscending());
        assertFalse(order(b -> {
                    b.thread(0, r -> call(r, b.sites().get(0), 1));
                    b.thread(1, r -> call(r, b.sites().get(0), 2));
                })
                .isAscending());
        assertFalse(order(b -> {
                    for (int cpu = 0; cpu < 2; cpu++) {
                        b.thread(cpu, r -> {
                            call(r, b.sites().get(0), 1);
                            call(r, b.sites().get(0), 2);
                        });
                    }
                })
                .isAscending());
    }

    @Test
    void aCallThatIsGivenUpBringsNothing() {
        CallOrder order = first((r, site) -> {
            r.patchBegin("begin", site, 1);
            r.patchAbort("abort", site, 1);
        });
        assertFalse(order.isAscending());
        assertTrue(order.onlyGivesUp());
        assertFalse(first((r, site) -> {
                    r.patchBegin("begin", site, 1);
                    r.patchAbort("abort", site, 1);
                    call(r, site, 2);
                })
                .onlyGivesUp());
        assertFalse(order(b -> {}).onlyGivesUp());
    }

    @Test
    void onlySitesWithMarksHaveCalls() {
        CallOrder order = first((r, site) -> call(r, site, 1));
        assertTrue(order.hasCalls(SCENARIO.setting().sites().get(0)));
        assertFalse(order.hasCalls(SCENARIO.setting().sites().get(1)));
    }

    private static List<String> notAscending(String sites, Predicate<String> entries) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(sites)));
        return Catalog.all().stream()
                .filter(entry -> entries.test(entry.fullName()))
                .filter(entry -> !entry.record(
                                FittingSites.in(entry.fullName(), scenario).setting())
                        .callOrder()
                        .isAscending())
                .map(CatalogEntry::fullName)
                .toList();
    }

    /** One of each name: so that what is pinned about them does not depend on how free calls are kept. A key brings the versions that its count asks for. */
    @Test
    void theShippedProtocolsAreAscending() {
        assertAscending(Representatives.ofEachName().toList()::contains);
    }

    @Tag("full")
    @Test
    void allShippedProtocolsAreAscending() {
        assertAscending(name -> true);
    }

    private static void assertAscending(Predicate<String> which) {
        assertEquals(List.of(), notAscending("nop2->jmp8", which));
        Predicate<String> key = name -> name.startsWith("static_key");
        assertEquals(
                List.of(),
                notAscending(
                        "nop2->jmp8->nop2", which.and(key).and(name -> name.matches(".*@disable-(twice|early).*"))));
        assertEquals(List.of(), notAscending("nop2->jmp8->nop2->jmp8", which.and(key.negate())));
    }
}
