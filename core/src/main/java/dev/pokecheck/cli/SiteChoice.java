// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The sites of one run.
 *
 * @param name what tells the run from others, empty if there are no others
 * @param sites the sites
 * @param rows how many rows of a table the run stands for
 */
record SiteChoice(String name, List<SiteSpec> sites, int rows) {
    SiteChoice {
        sites = List.copyOf(sites);
    }

    /** The runs that the specifications of a command line ask for in a scenario whose own sites do not matter. */
    static List<SiteChoice> all(List<String> specs, Scenario scenario) {
        List<SiteChoice> choices = List.of(new SiteChoice("", List.of(), 1));
        for (String spec : specs) {
            List<SiteChoice> longer = new ArrayList<>();
            for (SiteChoice choice : choices) {
                for (SiteChoice next : of(spec, scenario)) {
                    longer.add(choice.and(next));
                }
            }
            choices = longer;
        }
        return choices;
    }

    private SiteChoice and(SiteChoice next) {
        List<SiteSpec> both = new ArrayList<>(sites);
        both.addAll(next.sites);
        String names = name.isEmpty() || next.name.isEmpty() ? name + next.name : name + ", " + next.name;
        return new SiteChoice(names, both, rows * next.rows);
    }

    private static List<SiteChoice> of(String spec, Scenario scenario) {
        if (spec.startsWith(SiteTable.PREFIX)) {
            return SiteTable.choices(spec, scenario);
        }
        SiteSpec site = UsageException.at("--sites", () -> SiteSpec.parse(spec));
        return List.of(new SiteChoice("", List.of(site), 1));
    }
}
