// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

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
public record SiteChoice(String name, List<SiteSpec> sites, int rows) {
    /** No site yet. */
    public static final SiteChoice NONE = new SiteChoice("", List.of(), 1);

    /** Copies the list. */
    public SiteChoice {
        sites = List.copyOf(sites);
    }

    /** These sites and then others. */
    public SiteChoice and(SiteChoice next) {
        List<SiteSpec> both = new ArrayList<>(sites);
        both.addAll(next.sites);
        String names = name.isEmpty() || next.name.isEmpty() ? name + next.name : name + ", " + next.name;
        return new SiteChoice(names, both, rows * next.rows);
    }
}
