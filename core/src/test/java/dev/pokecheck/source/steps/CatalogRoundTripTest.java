// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Battery;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.protocol.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is read of a shown protocol of the catalog is that protocol: in the scenario that {@code show} has if nothing is asked, in all in which the museum and the battery
 * have it, and in some that have other workloads.
 */
class CatalogRoundTripTest {
    private static final List<String> OTHERS = List.of(
            "cpus=2 site0=nop5->jmp32",
            "cpus=2 site0=nop5->call thread=none nmi=1",
            "cpus=3 site0=nop5->call->nop5 site1=nop5->call->nop5 thread=foreign irq=1 mc=1 nmi=1 nmi-work=site",
            "cpus=1 site0=call->nop5->call site1=call->jmp32->call",
            "cpus=2 site0=nop5->probe->nop5 nmi=1 nmi-work=lock",
            "cpus=2 site0=call->unlock thread=none nmi=1 mc=1 nmi-work=lock",
            "cpus=2 site0=call->nop5 site1=call->nop5 nmi=1 nmi-work=pair",
            "cpus=2 site0=call->nop5 site1=call->nop5 nmi=1 nmi-work=ticket",
            "cpus=2 site0=66906690->jmp8+2",
            "cpus=2 site0=nop2->jmp8@15 site1=call->nop5");

    static Stream<String> protocols() {
        return Catalog.all().stream().map(CatalogEntry::fullName);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#others")
    void allOthersReadBack(String name) {
        readsBack(name);
    }

    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#ofEachName")
    void readsBack(String name) {
        String sites = "site0=" + Catalog.find(name).orElseThrow().usualSites();
        check(name, new TreeSet<>(List.of("cpus=2 " + sites, "cpus=2 " + sites + " thread=none nmi=1")));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("protocols")
    void readsBackEverywhere(String name) {
        CatalogEntry entry = Catalog.find(name).orElseThrow();
        Set<String> scenarios = new TreeSet<>(OTHERS);
        scenarios.add("cpus=2 site0=" + entry.usualSites());
        scenarios.addAll(Battery.of(entry.name()));
        for (Exhibit exhibit : Museum.all()) {
            if (exhibit.broken().equals(name)) {
                scenarios.add(exhibit.scenario());
            }
            if (exhibit.fixed().equals(name)) {
                scenarios.add(exhibit.fixedScenario());
            }
        }
        check(name, scenarios);
    }

    private static void check(String name, Set<String> scenarios) {
        CatalogEntry entry = Catalog.find(name).orElseThrow();
        long read = scenarios.stream()
                .map(ScenarioText::parse)
                .map(scenario -> recorded(entry, scenario))
                .flatMap(Optional::stream)
                .peek(RoundTrip::check)
                .count();
        assertTrue(read > 0, "no scenario is one of " + name);
    }

    /** Empty if it is none of the protocol's scenarios. */
    private static Optional<Protocol> recorded(CatalogEntry entry, Scenario scenario) {
        try {
            return Optional.of(entry.record(scenario.setting()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
