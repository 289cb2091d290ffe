// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.CPrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The C-like form of each shipped protocol, for two CPUs and one of its usual sites, to be read line by line beside its source.
 * {@code -Dpokecheck.promote=true} rewrites the files.
 */
class PrintedFormTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/pokecheck/catalog");

    static Stream<String> protocols() {
        return Catalog.all().stream().map(CatalogEntry::fullName);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void isTheGoldenFile(String name) throws IOException {
        CatalogEntry entry = Catalog.find(name).orElseThrow();
        Scenario scenario =
                Scenario.of(List.of(SiteSpec.parse(entry.hasOwnSites() ? entry.usualSites() : "nop5->call")));
        String printed = CPrinter.print(entry.record(scenario.setting()));
        Path golden = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.writeString(golden, printed, StandardCharsets.UTF_8);
        }
        assertEquals(Files.readString(golden, StandardCharsets.UTF_8), printed);
    }

    @Test
    void namesAreUniqueAndSourcesAreGiven() {
        TreeSet<String> names = new TreeSet<>();
        for (CatalogEntry entry : Catalog.all()) {
            assertFalse(!names.add(entry.fullName()), entry.fullName() + " is there twice");
            assertFalse(entry.source().isBlank() || entry.summary().isBlank(), entry.fullName());
        }
    }
}
