// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.InterruptWork;
import java.util.List;
import java.util.Map;

/** Scenarios of tests that ask all shipped protocols the same, of which some are for sites of their own only. */
public final class FittingSites {
    /** The shortest that each of these takes: searches without reductions grow fast with each version. */
    private static final Map<String, String> OF_THEIR_OWN = Map.of(
            "kprobe", "nop5->probe->nop5",
            "optprobe", "90900f1f00->probe->jmp32",
            "hotspot_call", "call->call@7",
            "xray", "eb09660f1f840000020000->41ba01000000e800112233");

    private FittingSites() {}

    /** A scenario, with one site that a protocol takes in place of its own if it is not for them; NMIs then execute it where they would take a lock. */
    public static Scenario in(String protocol, Scenario scenario) {
        String site = OF_THEIR_OWN.get(Catalog.find(protocol).orElseThrow().name());
        if (site == null) {
            return scenario;
        }
        boolean lock = scenario.nmiWork() == InterruptWork.LOCK;
        return scenario.with(
                b -> b.sites(List.of(SiteSpec.parse(site))).nmiWork(lock ? InterruptWork.SITE : scenario.nmiWork()));
    }
}
