// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogChange;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.Demand;
import dev.pokecheck.cli.option.Protocols;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.print.MinimalTable;
import dev.pokecheck.cli.print.MinimalTable.Row;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.MinimalSets;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.CheckOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The least changes with which a protocol holds. */
@Command(
        name = "minimal",
        description = {
            "Finds the minimal sets of changes with which a protocol holds: those that hold while no proper subset does.",
            "'list' shows which protocols have changes. Each set is searched until it is violated or all its states are visited; left out are"
                    + " sets with a proper subset that holds, which are not minimal whatever they do. Nothing is concluded from what a"
                    + " smaller set does not mend.",
            "The exit code is 0 when every set is decided, whatever the table says; 4 if one is not."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class MinimalCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "1..*",
            description =
                    "Protocols with changes, as 'list' names them: NAME@VARIANT, or NAME@VARIANT+CHANGE, to which more are added.")
    @SuppressWarnings("NullAway.Init")
    private List<String> protocols;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Demand demand;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(
            names = "--changes",
            paramLabel = "CHANGE",
            split = ",",
            description = "The changes to try. Default: all that the protocol has.")
    private @Nullable List<String> changes;

    @Option(
            names = "--in",
            paramLabel = "SCENARIO",
            description = "A scenario for a row, in the words of a corpus entry. Can be repeated.")
    private @Nullable List<String> in;

    @Option(names = "--max-states", paramLabel = "N", description = "Keep at most so many states in each search.")
    private @Nullable Integer maxStates;

    @Option(names = "--markdown", description = "Print a Markdown table.")
    private boolean markdown;

    @Override
    public Integer call() {
        List<CatalogEntry> entries = protocols.stream().map(Protocols::find).toList();
        List<GivenScenario> scenarios = scenarios();
        scenarios.forEach(one -> one.refuseDeadObjects(demand.only()));
        CheckOptions options = options();
        ProgressLine progress = quiet.progress(spec);
        progress.expect(
                scenarios.size()
                        * entries.stream()
                                .mapToInt(entry -> MinimalSets.count(changes(entry)))
                                .sum(),
                "sets");
        MinimalTable table = new MinimalTable(
                entries.stream().map(CatalogEntry::fullName).toList(),
                scenarios.parallelStream()
                        .map(one -> new Row(
                                ScenarioText.print(one.scenario()),
                                entries.parallelStream()
                                        .map(entry -> MinimalSets.of(
                                                entry, changes(entry), one, demand.only(), options, progress::partDone))
                                        .toList()))
                        .toList());
        progress.clear();
        PrintWriter out = spec.commandLine().getOut();
        if (!markdown && !quiet.isQuiet()) {
            out.println("question   " + demand.text());
            out.println();
        }
        table.print(out, markdown);
        out.flush();
        return (table.isOpen() ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    private List<GivenScenario> scenarios() {
        if (in == null) {
            return List.of(
                    sites.scenario(scenario, ScenarioWords.NONE, demand.level().watch()));
        }
        if (Subject.isGiven(spec, Subject.SCENARIO)) {
            throw new UsageException(
                    "--in has a whole scenario; leave the other options that are about the scenario out");
        }
        return in.stream()
                .map(text -> GivenScenario.parse("--in", text, demand.level().watch()))
                .toList();
    }

    private CheckOptions options() {
        SearchOptions search = SearchOptions.defaults();
        Integer most = maxStates;
        return demand.optionsAsNamed()
                .search(most == null ? search : UsageException.at("--max-states", () -> search.maxStates(most)));
    }

    /** The changes to try of a protocol, in its order. */
    private List<String> changes(CatalogEntry entry) {
        List<String> all =
                Catalog.changes(entry.name()).stream().map(CatalogChange::name).toList();
        if (all.isEmpty()) {
            throw new UsageException(
                    entry.fullName() + ": nothing in it can be changed by name; 'pokecheck list' shows what can");
        }
        List<String> wanted = changes;
        if (wanted == null) {
            return all;
        }
        wanted.stream().filter(name -> !all.contains(name)).findFirst().ifPresent(name -> {
            throw new UsageException("--changes: " + Protocols.noChange(entry.name(), name));
        });
        return all.stream().filter(wanted::contains).toList();
    }
}
