// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

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

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VACUOUS")
    void whatIsNotLookedForIsNotListed(Property property) {
        assertEquals(List.of(), Promises.untested(having(List.of()), EnumSet.noneOf(Property.class)));
        assertEquals(
                List.of(),
                Promises.untested(having(Arrays.asList(Reached.values())), EnumSet.of(property, Property.VACUOUS)));
    }
}
