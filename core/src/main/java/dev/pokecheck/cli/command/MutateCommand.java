// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Battery;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.FetchModels;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.print.MutantMatrix;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.MutantLine;
import dev.pokecheck.cli.run.MutantStage;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.explore.compare.Mutants;
import dev.pokecheck.explore.compare.Mutants.Fate;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.mutation.Mutation;
import dev.pokecheck.report.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks of each step of a protocol whether it is needed, and on which hardware. */
@Command(
        name = "mutate",
        description = {
            "Leaves each statement of a protocol out, swaps it with the next, and weakens it, one at a time, puts a release store before the"
                    + " stores that it publishes, and searches each mutant to the end under every fetch model. Prints for each what it breaks that the protocol keeps, and after how many steps."
                    + " A mutant that breaks nothing is compared with the protocol: the same histories of executions and patch calls, or how they differ.",
            "Without a scenario, in options or in the file, the protocol is asked in several, the battery of the catalog, and each mutant is tried in one after the other.",
            "The exit code is 0 when the table is complete, whatever it says; 1 if the protocol itself is violated under"
                    + " all models; 4 if a bound ended a search."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class MutateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PROTOCOL", description = NamedProtocol.FORMS)
    @SuppressWarnings("NullAway.Init")
    private String protocol;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NamedProtocol named;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private FetchModels models;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(
            names = "--also",
            paramLabel = "SCENARIO",
            description = "A further scenario, in the words of a corpus entry, for mutants that no scenario before has"
                    + " told from the protocol: --also 'cpus=2 site0=nop5->call nmi=1 nmi-work=site'. Can be repeated.")
    private @Nullable List<String> also;

    @Option(
            names = "--steps",
            paramLabel = "REGEX",
            description = "Only mutations in whose name the expression is found; names are ROUTINE/STEP:OPERATOR.")
    private @Nullable String steps;

    @Option(
            names = "--show",
            paramLabel = "NAME",
            description = "Print the interleaving that shows what one mutation breaks, for each model, and no table.")
    private @Nullable String show;

    @Option(names = "--max-states", paramLabel = "N", description = "Keep at most so many states in each search.")
    private @Nullable Integer maxStates;

    @Option(names = "--markdown", description = "Print the matrix as a Markdown table.")
    private boolean markdown;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        scenario.refuseFetch();
        GivenProtocol given = named.find(protocol);
        CatalogEntry entry = given.entry();
        ProgressLine progress = quiet.progress(spec);
        SearchOptions search = bounds().progress(progress.searches());
        List<MutantStage> tried = tried(given, search, progress);
        List<MutantStage> stages =
                tried.stream().filter(stage -> !stage.holding().isEmpty()).toList();
        if (stages.isEmpty()) {
            return holdsNowhere(entry, tried).number();
        }
        List<Mutation> mutations = stages.get(0).mutations().values().stream()
                .filter(mutation -> chosen().test(mutation.name()))
                .toList();
        if (mutations.isEmpty()) {
            throw new UsageException("no mutation of " + entry.fullName()
                    + " has a name like that; without --steps and --show all are listed");
        }
        List<MutantLine> lines = lines(mutations, stages, search, progress);
        print(new MutantMatrix(entry, models.chosen(), tried, stages, lines));
        boolean open = lines.stream().anyMatch(line -> line.fate() == Fate.OPEN);
        return (open ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    private List<MutantStage> tried(GivenProtocol given, SearchOptions search, ProgressLine progress) {
        List<GivenScenario> scenarios = scenarios(given);
        progress.expect(scenarios.size(), "scenarios");
        List<MutantStage> tried = scenarios.parallelStream()
                .map(one -> {
                    MutantStage stage = MutantStage.of(given.entry(), one, models.chosen(), search);
                    progress.partDone();
                    return stage;
                })
                .toList();
        progress.clear();
        return tried;
    }

    private ExitCode holdsNowhere(CatalogEntry entry, List<MutantStage> tried) {
        PrintWriter out = spec.commandLine().getOut();
        tried.forEach(stage -> MutantMatrix.leftOut(out, stage));
        ExitCode worst = tried.stream()
                .flatMap(stage -> stage.baselines().stream())
                .map(baseline -> ExitCode.of(baseline.verdict().kind()))
                .reduce(ExitCode.HOLDS, ExitCode::worse);
        out.println(entry.fullName()
                + (worst == ExitCode.VIOLATED ? " does not hold" : " was not shown to hold")
                + " under any of the models, so that nothing can be said of what it needs.");
        return worst;
    }

    private static List<MutantLine> lines(
            List<Mutation> mutations, List<MutantStage> stages, SearchOptions search, ProgressLine progress) {
        List<Mutants> runners = stages.stream()
                .map(stage -> new Mutants(stage.holding(), search))
                .toList();
        progress.expect(mutations.size(), "mutants");
        List<MutantLine> lines = mutations.parallelStream()
                .map(mutation -> {
                    MutantLine line = MutantLine.of(mutation.place(), stages, runners);
                    progress.partDone();
                    return line;
                })
                .toList();
        progress.clear();
        return lines;
    }

    private void print(MutantMatrix matrix) {
        PrintWriter out = spec.commandLine().getOut();
        if (show != null) {
            matrix.interleavings(out);
        } else if (json) {
            out.println(Json.write(matrix.json()));
        } else {
            matrix.print(out, markdown);
        }
    }

    private SearchOptions bounds() {
        SearchOptions search = SearchOptions.defaults();
        Integer most = maxStates;
        return most == null ? search : UsageException.at("--max-states", () -> search.maxStates(most));
    }

    private List<GivenScenario> scenarios(GivenProtocol given) {
        List<GivenScenario> scenarios = new ArrayList<>();
        if (Subject.isGiven(spec, Subject.SCENARIO) || !given.isUsual()) {
            scenarios.add(sites.scenario(scenario, given.words(), Watch.ALL));
        } else {
            Battery.of(given.entry().name())
                    .forEach(text -> scenarios.add(GivenScenario.parse("battery", text, Watch.ALL)));
        }
        for (String text : also == null ? List.<String>of() : also) {
            scenarios.add(GivenScenario.parse("--also", text, Watch.ALL));
        }
        return scenarios;
    }

    private Predicate<String> chosen() {
        if (show != null) {
            return name -> name.equals(show);
        }
        String regex = steps;
        if (regex == null) {
            return name -> true;
        }
        try {
            return Pattern.compile(regex).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new UsageException("--steps: " + e.getDescription() + " in \"" + regex + "\"");
        }
    }
}
