// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Consistency;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Watch;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sites with long stores, single bytes in any order, are searched to the end under every model. */
class LongSitesTest {
    /** {@code mov $…, %rax} becomes {@code mov $…, %r9}: nine of ten bytes differ. */
    private static final String TEN = "48b81314150017181920->49b98384850087888990";

    /** NOPs of nine, nine and five bytes become a call, a jump and a NOP. */
    private static final String TWENTY_THREE =
            "660f1f840000000000660f1f8400000000000f1f440000" + "->e811223344e955667788660f1f8400000000000f1f4000";

    private static Consistency level(String protocol, FetchModel model, String site) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site)))
                .with(b -> b.fetch(model).watch(Watch.ALL).reduce(true));
        return Consistency.of(
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting())),
                SearchOptions.defaults().maxStates(200_000));
    }

    @ParameterizedTest
    @EnumSource
    void tenBytes(FetchModel model) {
        Consistency naive = level("naive", model, TEN);
        assertEquals("", naive.verdict().bounds());
        assertEquals("torn", naive.bar().orElseThrow().property().text());
        Consistency stopped = level("stop_machine", model, TEN);
        assertEquals("", stopped.verdict().bounds());
        if (!model.isControl()) {
            assertTrue(stopped.level().orElseThrow().contains(Level.REGULAR), model::text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyThreeBytes(FetchModel model) {
        Consistency naive = level("naive", model, TWENTY_THREE);
        assertEquals("", naive.verdict().bounds());
        assertEquals("torn", naive.bar().orElseThrow().property().text());
        Consistency stopped = level("stop_machine", model, TWENTY_THREE);
        assertEquals("", stopped.verdict().bounds());
    }
}
