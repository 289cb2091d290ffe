// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a search without a violation has not shown. */
class UntestedTest {
    private static Machine having(List<Reached> met) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        Machine machine =
                new Machine(scenario, Catalog.find("naive").orElseThrow().record(scenario.setting()));
        machine.setReached(met.stream().mapToLong(Reached::bit).sum());
        return machine;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VACUOUS")
    void aPropertyIsUntestedUntilOneOfItsSituationsIsMet(Property property) {
        EnumSet<Property> only = EnumSet.of(property);
        for (Reached what : Reached.values()) {
            boolean tells = property.sometimes().contains(what);
            assertEquals(tells ? List.of() : List.of(property), Promises.untested(having(List.of(what)), only));
        }
    }

    /** A patch call that never returns leaves nothing that could be stale, and so shows no more than {@code safe}. */
    @Pins("judge.vacuity-level")
    @Test
    void noLevelIsNamedOfWhichAPropertyWasUntested() {
        for (boolean returns : new boolean[] {false, true}) {
            Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")))
                    .with(b -> b.split(StoreSplit.WORD).chunk(8).fetch(FetchModel.COHERENT));
            Machine machine = Machine.of(
                    scenario,
                    "call",
                    b -> b.patcher(r -> {
                        Site site = b.sites().get(0);
                        r.patchBegin("begin", site, 1);
                        r.textPoke("poke", site, 0, site.bytes(1));
                        if (returns) {
                            r.patchEnd("end", site, 1);
                        }
                    }));
            Verdict open = Check.search(machine, CheckOptions.defaults());
            assertEquals(Verdict.Kind.HOLDS, open.kind());
            assertEquals(Optional.of(returns ? Level.ATOMIC : Level.SAFE), open.level());
            Verdict asked = Check.search(machine, CheckOptions.defaults().require(Level.REGULAR));
            assertEquals(returns ? Verdict.Kind.HOLDS : Verdict.Kind.VACUOUS, asked.kind(), asked::sentence);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VACUOUS")
    void whatIsNotLookedForIsNotListed(Property property) {
        assertEquals(List.of(), Promises.untested(having(List.of()), EnumSet.noneOf(Property.class)));
        assertEquals(
                List.of(),
                Promises.untested(having(Arrays.asList(Reached.values())), EnumSet.of(property, Property.VACUOUS)));
    }
}
