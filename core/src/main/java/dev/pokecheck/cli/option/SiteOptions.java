// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.SiteChoice;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Watch;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is patched, and by how many. */
@About(Subject.SCENARIO)
public final class SiteOptions {
    @Option(
            names = "--cpus",
            paramLabel = "N",
            defaultValue = "2",
            description = "CPUs, 1..8; CPU 0 patches. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String cpus;

    @Option(
            names = "--sites",
            paramLabel = "SPEC",
            split = ",",
            defaultValue = "nop5->jmp32",
            description = {
                "What is patched: old->new, or a chain old->new->old, with an optional @OFFSET in its 64-byte cache line,"
                        + " or @siteN+K to lie over an earlier site, K bytes after its first."
                        + " Before that, +K for each further entry: an offset at which it is executed from, besides its first byte.",
                "A version is a name (nop1..nop11, call, jmp32, jmp8, jcc32, pvcall, unlock, ret, endbr64, ud2, int3) or"
                        + " hex bytes. Or a row of a table with columns orig, repl, off64: tsv:FILE#ROW (from 1), or all"
                        + " rows whose columns match, tsv:FILE?kind=para&len=6, checked shape by shape; ->orig behind"
                        + " either patches back. Default: ${DEFAULT-VALUE}."
            })
    @SuppressWarnings("NullAway.Init")
    private List<String> specs;

    /** The number of CPUs, as it was given. */
    public String cpus() {
        return cpus;
    }

    /** The sites of each run: of one, unless a specification matches rows of several shapes. */
    List<SiteChoice> choices(ScenarioOptions options) {
        // Its own sites do not matter to the shapes of others.
        Scenario any = options.scenario(cpus, List.of(SiteSpec.parse("nop5->jmp32")), Watch.ALL)
                .scenario();
        List<SiteChoice> choices = List.of(SiteChoice.NONE);
        for (String spec : specs) {
            List<SiteChoice> longer = new ArrayList<>();
            for (SiteChoice choice : choices) {
                choices(spec, any).forEach(next -> longer.add(choice.and(next)));
            }
            choices = longer;
        }
        return choices;
    }

    private static List<SiteChoice> choices(String spec, Scenario scenario) {
        if (spec.startsWith(SiteTable.PREFIX)) {
            return SiteTable.choices(spec, scenario);
        }
        SiteSpec site = UsageException.at("--sites", () -> SiteSpec.parse(spec));
        return List.of(new SiteChoice("", List.of(site), 1));
    }

    /** The scenario of the one run that was asked for. */
    public GivenScenario scenario(ScenarioOptions options, Watch watch) {
        return options.scenario(cpus, sites(options), watch);
    }

    /** The sites of the one run that was asked for. */
    public List<SiteSpec> sites(ScenarioOptions options) {
        List<SiteChoice> choices = choices(options);
        if (choices.size() > 1) {
            throw new UsageException("--sites: this command takes one row, tsv:FILE#ROW, not all that match");
        }
        return choices.get(0).sites();
    }
}
