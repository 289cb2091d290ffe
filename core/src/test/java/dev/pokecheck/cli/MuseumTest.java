// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.cli.run.ExitCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The museum: each bug is found as it was found then, each fix holds. */
class MuseumTest {
    @TestFactory
    Stream<DynamicTest> exhibits() {
        return Museum.all().stream()
                .map(exhibit -> dynamicTest(exhibit.id() + " " + exhibit.title(), () -> shows(exhibit)));
    }

    private static void shows(Exhibit exhibit) {
        Outcome outcome = Outcome.of("museum", exhibit.id());
        assertEquals(ExitCode.HOLDS.number(), outcome.code(), outcome.out() + outcome.err());
        assertTrue(outcome.lines().get(1).startsWith(exhibit.id() + " "), outcome.out());
    }

    @Test
    void withoutTimesThereAreNoColumnsForThem() {
        assertTrue(Outcome.of("museum B12").lines().get(0).matches("bug .* states +s +fixed .* states +s *"));
        assertTrue(Outcome.of("museum B12 --no-times").lines().get(0).matches("bug .* states +fixed .* states *"));
    }

    @Test
    void numbersAreUnique() {
        List<String> ids = Museum.all().stream().map(Exhibit::id).toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    @Test
    void anUnknownNumberIsAUsageError() {
        Outcome outcome = Outcome.of("museum", "B99");
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.err().contains("there is no exhibit \"B99\"; there are "), outcome.err());
    }
}
