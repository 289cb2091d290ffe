// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
    @ParameterizedTest
    @CsvSource({
        "cpu0 fetch site0, cpu0 fetch site0",
        "cpu0 fetch site1, cpu0 fetch site0",
        "cpu0 fecth site0, cpu0 fetch site0",
        "cpu0 fetch, ''",
        "cpu1 nmi, cpu1 nmi",
        "'', ''",
    })
    void nearestWithinAQuarterOfTheLength(String name, String expected) {
        assertEquals(expected, NearMiss.nearest(name, List.of("cpu0 fetch site0", "cpu1 nmi")));
    }
}
