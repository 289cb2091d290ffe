// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.SiteChoice;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.ScenarioKey;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is patched, and by how many. */
@About(Subject.SCENARIO)
public final class SiteOptions {
    @Option(names = "--cpus", paramLabel = "N", description = "CPUs, 1..8; CPU 0 patches. Default: 2.")
    private @Nullable String cpus;

    @Option(
            names = "--sites",
            paramLabel = "SPEC",
            split = ",",
            description = {
                "What is patched: old->new, or a chain old->new->old, with an optional @OFFSET in its 64-byte cache line,"
                        + " or @siteN+K to lie over an earlier site, K bytes after its first."
                        + " Before that, +K for each further entry: an offset at which it is executed from, besides its first byte.",
                "A version is a name (nop1..nop11, call, jmp32, jmp8, jcc32, pvcall, unlock, ret, endbr64, ud2, int3) or"
                        + " hex bytes. Or a row of a table with columns orig, repl, off64: tsv:FILE#ROW (from 1), or all"
                        + " rows whose columns match, tsv:FILE?kind=para&len=6, checked shape by shape; ->orig behind"
                        + " either patches back. Default: what 'list' says that the protocol is for, else "
                        + CatalogEntry.COMMON_SITES + "."
            })
    private @Nullable List<String> specs;

    /** The same words without the sites, of which there may be several choices. */
    private ScenarioWords words(ScenarioOptions options, ScenarioWords base) {
        ScenarioWords given =
                cpus == null ? ScenarioWords.NONE : new ScenarioWords(List.of(), Map.of(ScenarioKey.CPUS, cpus));
        return base.overruledBy(given).overruledBy(options.words());
    }

    /** Why there are the sites that there are, where a shipped protocol decides that. */
    public Optional<String> reason(GivenProtocol protocol) {
        CatalogEntry entry = protocol.entry();
        return specs != null || !entry.hasOwnSites() || !protocol.isUsual()
                ? Optional.empty()
                : Optional.of(entry.usualSites() + ": what " + entry.fullName() + " is for; --sites takes others");
    }

    /**
     * The sites of each run: of one, unless a specification matches rows of several shapes.
     *
     * @param base what is said of the scenario where no option does
     */
    List<SiteChoice> choices(ScenarioOptions options, ScenarioWords base) {
        if (specs == null) {
            return List.of(new SiteChoice("", base.sitesOrDefault(), 1));
        }
        // Its own sites do not matter to the shapes of others.
        Scenario any = options.given(words(options, base), Watch.ALL).scenario();
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

    /**
     * The scenario of one choice of sites.
     *
     * @param base what is said of the scenario where no option does
     */
    GivenScenario scenario(ScenarioOptions options, ScenarioWords base, SiteChoice choice, Watch watch) {
        return options.given(words(options, base).withSites(choice.sites()), watch);
    }

    /**
     * The scenario of the one run that was asked for.
     *
     * @param base what is said of the scenario where no option does
     */
    public GivenScenario scenario(ScenarioOptions options, ScenarioWords base, Watch watch) {
        List<SiteChoice> choices = choices(options, base);
        if (choices.size() > 1) {
            throw new UsageException("--sites: this command takes one row, tsv:FILE#ROW, not all that match");
        }
        return scenario(options, base, choices.get(0), watch);
    }
}
