// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Consistency;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Watch;
import dev.pokecheck.report.Json;
import dev.pokecheck.report.Table;
import dev.pokecheck.text.FetchModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Finds for each protocol and each fetch model the strongest consistency level that holds, all states visited, and in brackets"
                    + " what bars the next one, and after how many steps.",
            "With --in the rows are scenarios, each with a fetch model of its own, and the columns are protocols.",
            "A protocol that keeps no level shows the violation alone; a question mark says that a bound ended the search.",
            "The exit code is 0 when the table is complete, whatever it says; 4 if a bound ended a search."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class LevelsCommand implements Callable<Integer> {
    private static final String ALL_VARIANTS = "@*";

    /** The options that go with {@code --in}. */
    private static final List<String> WITH_IN = List.of("--in", "--all", "--max-states", "--markdown", "--quiet");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "0..*",
            description =
                    "Protocols as 'list' names them: NAME or NAME@VARIANT; NAME@* is NAME with all its variants. Default: all.")
    private @Nullable List<String> protocols;

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

    /** The line of a protocol: one consistency for each model. */
    private record Line(CatalogEntry entry, List<Consistency> cells) {}

    @Override
    public Integer call() {
        return in == null ? byModel() : byScenario(in);
    }

    private Integer byScenario(List<String> texts) {
        if (spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> !WITH_IN.contains(option.longestName()))) {
            throw new UsageException("--in has a whole scenario; of the other options only "
                    + String.join(", ", WITH_IN) + " go with it");
        }
        List<Scenario> scenarios = texts.stream()
                .map(text -> UsageException.at("--in", () -> ScenarioText.parse(text))
                        .with(builder -> builder.watch(Watch.ALL).reduce(true)))
                .toList();
        List<CatalogEntry> entries = chosen();
        SearchOptions search = bounds();
        Progress progress = quiet.progress(spec);
        progress.expect(entries.size() * scenarios.size(), "searches");
        List<List<Consistency>> rows = scenarios.parallelStream()
                .map(one -> entries.parallelStream()
                        .map(entry -> {
                            Consistency cell = Consistency.of(Runs.machine(entry, one), search);
                            progress.partDone();
                            return cell;
                        })
                        .toList())
                .toList();
        progress.clear();
        List<String> heads = new ArrayList<>(List.of("scenario"));
        entries.forEach(entry -> heads.add(entry.fullName()));
        Table table = new Table(heads.toArray(String[]::new));
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = new ArrayList<>(List.of(ScenarioText.print(scenarios.get(i))));
            rows.get(i).forEach(cell -> row.add(text(cell)));
            table.row(row.toArray(String[]::new));
        }
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.flush();
        boolean open = rows.stream().flatMap(List::stream).anyMatch(LevelsCommand::isOpen);
        return (open ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    private Integer byModel() {
        scenario.refuseFetch();
        List<FetchModel> columns = models.chosen();
        Scenario base = scenario.scenario(sites.cpus(), sites.sites(scenario), Watch.ALL);
        SearchOptions search = bounds();
        List<CatalogEntry> entries = chosen();
        Progress progress = quiet.progress(spec);
        progress.expect(entries.size() * columns.size(), "searches");
        List<Line> lines = entries.parallelStream()
                .map(entry -> new Line(
                        entry,
                        columns.stream()
                                .map(model -> cell(entry, base.with(builder -> builder.fetch(model)), search, progress))
                                .toList()))
                .toList();
        progress.clear();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(
                    lines.stream().map(line -> json(base, columns, line)).toList()));
        } else {
            print(out, base, columns, lines);
        }
        out.flush();
        boolean open = lines.stream().anyMatch(line -> line.cells().stream().anyMatch(LevelsCommand::isOpen));
        return (open ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    private static Consistency cell(CatalogEntry entry, Scenario scenario, SearchOptions search, Progress progress) {
        String name = entry.fullName() + " " + scenario.fetch().text();
        Consistency cell = Consistency.of(Runs.machine(entry, scenario), search.progress(progress.search(name)));
        progress.partDone();
        return cell;
    }

    private SearchOptions bounds() {
        SearchOptions search = SearchOptions.defaults();
        Integer most = maxStates;
        return most == null ? search : UsageException.at("--max-states", () -> search.maxStates(most));
    }

    private List<CatalogEntry> chosen() {
        if (protocols == null) {
            return Catalog.all();
        }
        List<CatalogEntry> chosen = new ArrayList<>();
        for (String name : protocols) {
            if (name.endsWith(ALL_VARIANTS)) {
                chosen.addAll(variants(name.substring(0, name.length() - ALL_VARIANTS.length())));
            } else {
                chosen.add(Protocols.find(name));
            }
        }
        return chosen.stream().distinct().toList();
    }

    private static List<CatalogEntry> variants(String name) {
        List<CatalogEntry> variants = Catalog.all().stream()
                .filter(entry -> entry.name().equals(name))
                .toList();
        return variants.isEmpty() ? List.of(Protocols.find(name)) : variants;
    }

    private void print(PrintWriter out, Scenario base, List<FetchModel> columns, List<Line> lines) {
        List<String> heads = new ArrayList<>(List.of("protocol"));
        columns.forEach(model -> heads.add(model.text()));
        Table table = new Table(heads.toArray(String[]::new));
        for (Line line : lines) {
            List<String> row = new ArrayList<>(List.of(line.entry().fullName()));
            line.cells().forEach(cell -> row.add(text(cell)));
            table.row(row.toArray(String[]::new));
        }
        if (!markdown) {
            out.println("scenario   " + ScenarioText.print(base));
            out.println();
        }
        (markdown ? table.markdown() : table.text()).forEach(out::println);
    }

    /** Whether a bound has ended the search: then no level is known to be kept, whatever was found before. */
    private static boolean isOpen(Consistency cell) {
        return !cell.verdict().bounds().isEmpty();
    }

    private String text(Consistency cell) {
        String bar = (all ? cell.verdict().findings().stream() : cell.bar().stream())
                .sorted(Comparator.comparingInt(Violation::depth))
                .map(violation -> violation.property().text() + " " + violation.depth())
                .collect(Collectors.joining(", "));
        if (cell.level().isEmpty()) {
            if (isOpen(cell)) {
                return bar.isEmpty() ? "?" : "? (" + bar + ")";
            }
            return bar.isEmpty() ? "vacuous" : bar;
        }
        return cell.level().get().text() + (bar.isEmpty() ? "" : " (" + bar + ")");
    }

    private static Map<String, @Nullable Object> json(Scenario base, List<FetchModel> columns, Line line) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("protocol", line.entry().fullName());
        json.put("scenario", ScenarioText.print(base));
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Consistency cell = line.cells().get(i);
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("fetch", columns.get(i).text());
            one.put("verdict", cell.verdict().kind().text());
            one.put("level", cell.level().map(Level::text).orElse(null));
            one.put(
                    "bar",
                    cell.bar().map(violation -> violation.property().text()).orElse(null));
            one.put("steps", cell.bar().map(violation -> violation.depth()).orElse(null));
            one.put("states", cell.verdict().effort().states());
            cells.add(one);
        }
        json.put("models", cells);
        return json;
    }
}
