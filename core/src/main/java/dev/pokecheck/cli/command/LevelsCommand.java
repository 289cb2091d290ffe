// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.FetchModels;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.ProfileColumns;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.print.LevelTable;
import dev.pokecheck.cli.print.LevelTable.Cell;
import dev.pokecheck.cli.print.LevelTable.Row;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Consistency;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Watch;
import dev.pokecheck.report.Json;
import dev.pokecheck.source.token.SourceException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The consistency table: protocol by hardware model. */
@Command(
        name = "levels",
        description = {
            "Finds for each protocol and each hardware profile the strongest consistency level that holds, all states visited, and in brackets"
                    + " what bars the next one, and after how many steps.",
            "Where a profile fetches in chunks of several bytes, a site that was given no offset is tried inside one chunk and across two.",
            "With --models the columns are fetch models; the options from --chunk to --syscall-drains then hold for all.",
            "With --in the rows are scenarios, each with a fetch model of its own, and the columns are protocols.",
            "A protocol that keeps no level shows the violation alone; a question mark says that a bound ended the search.",
            "Where a protocol refuses the scenario the cell says so, and the reason stands below the table.",
            "The exit code is 0 when the table is complete, whatever it says; that a cell is refused, too; 4 if a bound ended a search; 2 if"
                    + " everything was refused."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class LevelsCommand implements Callable<Integer> {
    private static final String ALL_VARIANTS = "@*";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "0..*",
            description =
                    "Protocols as 'list' names them: NAME or NAME@VARIANT; NAME@* is NAME with all its variants; or C files, and"
                            + " entries (.poke). Default: all that are shipped.")
    private @Nullable List<String> protocols;

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
    private ProfileColumns profiles;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(
            names = "--in",
            paramLabel = "SCENARIO",
            description = "A scenario for a row, in the words of a corpus entry: --in 'cpus=2 site0=nop5->call nmi=1"
                    + " nmi-work=site fetch=stale-head'. Can be repeated.")
    private @Nullable List<String> in;

    @Option(names = "--all", description = "Show every property that is violated, not only what bars the next level.")
    private boolean all;

    @Option(names = "--max-states", paramLabel = "N", description = "Keep at most so many states in each search.")
    private @Nullable Integer maxStates;

    @Option(names = "--markdown", description = "Print a Markdown table.")
    private boolean markdown;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LevelTable table;
        if (in != null) {
            table = byScenario(in).orRefusal();
            table.print(out, all, markdown);
        } else {
            List<Asked> asked = chosen().stream().map(this::asked).toList();
            List<Column> columns = columns(asked);
            table = byColumn(asked, columns).orRefusal();
            print(out, asked, columns, table);
        }
        out.flush();
        return (table.isOpen() ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    /** A protocol in its scenario, but for what a column says. */
    private record Asked(GivenProtocol protocol, GivenScenario base) {
        /** What its scenario is in all columns. */
        String scenario(List<Column> columns) {
            return ScenarioText.common(
                    base.scenario(),
                    columns.stream()
                            .map(column -> column.change.apply(base.scenario()))
                            .toList());
        }
    }

    private Asked asked(GivenProtocol protocol) {
        return new Asked(protocol, sites.scenario(scenario, protocol.words(), Watch.ALL));
    }

    private void print(PrintWriter out, List<Asked> asked, List<Column> columns, LevelTable table) {
        if (json) {
            out.println(Json.write(
                    table.json(asked.stream().map(one -> one.base.scenario()).toList())));
            return;
        }
        if (!markdown) {
            scenarios(asked, columns).forEach(out::println);
            out.println();
        }
        table.print(out, all, markdown);
    }

    /** The scenario, or where there are several, each with the protocols that are in it. */
    private static List<String> scenarios(List<Asked> asked, List<Column> columns) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        asked.forEach(one -> names.computeIfAbsent(one.scenario(columns), scenario -> new ArrayList<>())
                .add(one.protocol.shown()));
        return names.entrySet().stream()
                .map(one -> "scenario   " + (names.size() == 1 ? "" : String.join(", ", one.getValue()) + ": ")
                        + one.getKey())
                .toList();
    }

    private LevelTable byScenario(List<String> texts) {
        if (json || Subject.isGiven(spec, Subject.SCENARIO, Subject.MODELS)) {
            throw new UsageException("--in has a whole scenario; of the other options only"
                    + " --in, --all, --max-states, --markdown, --quiet go with it");
        }
        List<GivenScenario> scenarios = texts.stream()
                .map(text -> GivenScenario.parse("--in", text, Watch.ALL))
                .toList();
        List<GivenProtocol> asked = chosen();
        SearchOptions search = bounds();
        ProgressLine progress = quiet.progress(spec);
        progress.expect(asked.size() * scenarios.size(), "searches");
        List<Row> rows = scenarios.parallelStream()
                .map(one -> new Row(
                        ScenarioText.print(one.scenario()),
                        asked.parallelStream()
                                .map(protocol -> cell(protocol.entry(), one, search, progress))
                                .toList()))
                .toList();
        progress.clear();
        return new LevelTable(
                "scenario", asked.stream().map(GivenProtocol::shown).toList(), rows);
    }

    /** What changes a scenario to that of one column. */
    private record Column(String name, UnaryOperator<Scenario> change) {}

    private List<Column> columns(List<Asked> asked) {
        if (models.isGiven()) {
            if (profiles.isGiven()) {
                throw new UsageException("--models: the columns are fetch models or profiles; leave --profiles out");
            }
            scenario.refuseFetch();
            return models.chosen().stream()
                    .map(model -> new Column(model.text(), one -> one.with(builder -> builder.fetch(model))))
                    .toList();
        }
        scenario.refuseHardware();
        boolean anywhere = asked.stream()
                .filter(one -> sites.reason(one.protocol).isEmpty())
                .flatMap(one -> one.base.scenario().sites().stream())
                .noneMatch(SiteSpec::hasOffset);
        return profiles.chosen().stream()
                .flatMap(profile -> columns(profile, anywhere && profile.chunk() > 1))
                .toList();
    }

    /**
     * The columns of a profile.
     *
     * @param bothPlaces whether sites are tried inside a chunk and across two
     */
    private static Stream<Column> columns(HardwareProfile profile, boolean bothPlaces) {
        Column inside = new Column(profile.name(), one -> one.with(builder -> builder.hardware(profile)));
        Column across = new Column(
                profile.name() + ", crossing",
                one -> inside.change.apply(one).with(builder -> builder.sites(across(one.sites(), profile.chunk()))));
        return bothPlaces ? Stream.of(inside, across) : Stream.of(inside);
    }

    /** The same sites, each with its first byte, or the first two, at the end of a chunk. */
    private static List<SiteSpec> across(List<SiteSpec> sites, int chunk) {
        return sites.stream()
                .map(site -> site.at(chunk - (site.place(0).length() > 2 ? 2 : 1)))
                .toList();
    }

    private LevelTable byColumn(List<Asked> asked, List<Column> columns) {
        SearchOptions search = bounds();
        ProgressLine progress = quiet.progress(spec);
        progress.expect(asked.size() * columns.size(), "searches");
        List<Row> rows = asked.parallelStream()
                .map(one -> new Row(
                        one.protocol.shown(),
                        columns.stream()
                                .map(column -> cell(one, column, search, progress))
                                .toList()))
                .toList();
        progress.clear();
        return new LevelTable("protocol", columns.stream().map(Column::name).toList(), rows);
    }

    private static Cell cell(Asked asked, Column column, SearchOptions search, ProgressLine progress) {
        SearchOptions told = search.progress(progress.search(asked.protocol.shown() + " " + column.name()));
        return cell(asked.protocol.entry(), asked.base.with(column.change), told, progress);
    }

    private static Cell cell(CatalogEntry entry, GivenScenario scenario, SearchOptions search, ProgressLine progress) {
        Cell cell = search(entry, scenario, search);
        progress.partDone();
        return cell;
    }

    /** What the scenario makes of the protocol. That it is refused says nothing against the others. */
    private static Cell search(CatalogEntry entry, GivenScenario scenario, SearchOptions search) {
        Machine machine;
        try {
            machine = scenario.machine(entry, List.of());
        } catch (SourceException | UsageException e) {
            return new Cell.Refused(e);
        }
        return new Cell.Found(Consistency.of(machine, search));
    }

    private SearchOptions bounds() {
        SearchOptions search = SearchOptions.defaults();
        Integer most = maxStates;
        return most == null ? search : UsageException.at("--max-states", () -> search.maxStates(most));
    }

    private List<GivenProtocol> chosen() {
        boolean own = named.own().isGiven();
        if (protocols == null) {
            return own
                    ? List.of(named.find("protocol"))
                    : Catalog.all().stream().map(GivenProtocol::shipped).toList();
        }
        List<GivenProtocol> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(protocols)) {
            if (name.endsWith(ALL_VARIANTS) && !own) {
                chosen.addAll(variants(name.substring(0, name.length() - ALL_VARIANTS.length())));
            } else {
                chosen.add(named.find(name));
            }
        }
        return distinct(chosen);
    }

    /** Without shipped ones that are named twice. */
    private static List<GivenProtocol> distinct(List<GivenProtocol> all) {
        Set<CatalogEntry> seen = new LinkedHashSet<>();
        return all.stream().filter(one -> seen.add(one.entry())).toList();
    }

    private List<GivenProtocol> variants(String name) {
        List<GivenProtocol> variants = Catalog.named().stream()
                .filter(entry -> entry.name().equals(name))
                .map(GivenProtocol::shipped)
                .toList();
        return variants.isEmpty() ? List.of(named.find(name)) : variants;
    }
}
