// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.List;
import java.util.Set;

/** Scenarios of tests that ask all shipped protocols the same, of which some are for sites of their own only. */
public final class FittingSites {
    private static final Set<String> OF_THEIR_OWN = Set.of("kprobe", "optprobe", "hotspot_call", "xray");

    private FittingSites() {}

    /** A scenario, with one of a protocol's usual sites in place of its own if it is not for them; NMIs then execute it where they would take a lock. */
    public static Scenario in(String protocol, Scenario scenario) {
        CatalogEntry entry = Catalog.find(protocol).orElseThrow();
        if (!OF_THEIR_OWN.contains(entry.name())) {
            return scenario;
        }
        boolean lock = scenario.nmiWork() == InterruptWork.LOCK;
        return scenario.with(b -> b.sites(List.of(SiteSpec.parse(entry.usualSites())))
                .nmiWork(lock ? InterruptWork.SITE : scenario.nmiWork()));
    }
}
