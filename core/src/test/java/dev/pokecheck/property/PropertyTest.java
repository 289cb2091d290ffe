// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PropertyTest {
    /** The table of incidents, once more and by hand. */
    @ParameterizedTest
    @CsvSource({
        "TORN, torn",
        "MIXED, torn",
        "MID_INSTRUCTION, mid-instruction",
        "STALE, stale",
        "BACKWARDS, backwards",
        "GROUP, group",
        "UNHANDLED_INT3, unhandled-int3",
        "LOST_CALL, lost-call",
        "WRONG_TARGET, wrong-target",
        "EMULATION_OVERWROTE_FRAME, corrupt-frame",
        "NMI_OVERWROTE_FRAME, corrupt-frame",
        "BUG_ON, bug",
        "UD2, bug",
        "DEAD_OBJECT, dead-object",
        "INDEX, bug",
        "RANGE, bug",
        "NESTED_CALL, bug",
        "ENDLESS, bug",
        "LOST_PATCH, lost-patch",
        "RECURSION, recursion",
        "ENSURE, ensure"
    })
    void everyIncidentMeansOneProperty(Incident incident, String property) {
        assertEquals(property, incident.property().text());
    }

    @ParameterizedTest
    @EnumSource
    void everyIncidentIsMappedExactlyOnce(Incident incident) {
        List<Property> owners = Arrays.stream(Property.values())
                .filter(property -> (property.bits() & incident.bit()) != 0)
                .toList();
        assertEquals(List.of(incident.property()), owners);
        assertTrue(owners.get(0).incidents().contains(incident));
    }

    @Test
    void namesAreThoseOfTheDesign() {
        assertEquals(
                List.of(
                        "torn",
                        "mid-instruction",
                        "stale",
                        "backwards",
                        "group",
                        "unhandled-int3",
                        "lost-call",
                        "wrong-target",
                        "corrupt-frame",
                        "deadlock",
                        "livelock",
                        "dead-object",
                        "bug",
                        "recursion",
                        "ensure",
                        "lost-patch",
                        "vacuous"),
                Property.texts());
        for (Property property : Property.values()) {
            assertEquals(Optional.of(property), Property.of(property.text()));
        }
        assertEquals(Optional.empty(), Property.of("Torn"));
    }

    @ParameterizedTest
    @CsvSource({
        "deadlock, none",
        "livelock, none",
        "dead-object, none",
        "bug, none",
        "recursion, none",
        "ensure, none",
        "unhandled-int3, none",
        "lost-call, none",
        "wrong-target, none",
        "corrupt-frame, none",
        "lost-patch, none",
        "torn, safe",
        "mid-instruction, safe",
        "stale, regular",
        "backwards, atomic",
        "group, group"
    })
    void aPropertyIsForbiddenFromItsLevelOn(String property, String level) {
        Property forbidden = Property.of(property).orElseThrow();
        Level from = Level.of(level).orElseThrow();
        for (Level each : Level.values()) {
            assertEquals(each.compareTo(from) >= 0, forbidden.forbiddenAt(each), property + " at " + each);
        }
    }

    @Test
    void everyAlwaysHasItsSometimes() {
        for (Property property : Property.values()) {
            assertEquals(property == Property.VACUOUS, property.sometimes().isEmpty(), property.text());
        }
    }

    @Test
    void whatNoStepShowsHasNoIncident() {
        for (Property property : List.of(Property.DEADLOCK, Property.LIVELOCK, Property.VACUOUS)) {
            assertEquals(0, property.bits());
            assertEquals(List.of(), property.incidents());
        }
        assertFalse(Property.VACUOUS.isSearched());
        assertTrue(Property.DEADLOCK.isSearched());
        assertTrue(Property.LIVELOCK.isSearched());
    }

    @ParameterizedTest
    @EnumSource
    void whatAStepShowsHasAnIncident(Property property) {
        assertEquals(property.shownBy().isOneStep(), !property.incidents().isEmpty());
    }
}
