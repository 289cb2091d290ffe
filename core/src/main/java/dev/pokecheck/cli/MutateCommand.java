// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.Battery;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.Mutants;
import dev.pokecheck.explore.Mutants.Answer;
import dev.pokecheck.explore.Mutants.Cell;
import dev.pokecheck.explore.Mutants.Fate;
import dev.pokecheck.explore.SearchOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.Scenario.Watch;
import dev.pokecheck.protocol.Mutation;
import dev.pokecheck.protocol.Mutations;
import dev.pokecheck.report.Json;
import dev.pokecheck.report.Table;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
            "Leaves each statement of a protocol out, swaps it with the next, and weakens it, one at a time, and searches each mutant to"
                    + " the end under every fetch model. Prints for each what it breaks that the protocol keeps, and after how many steps."
                    + " A mutant that breaks nothing is compared with the protocol: the same histories of executions and patch calls, or how they differ.",
            "Without a scenario the protocol is asked in several, the battery of the catalog, and each mutant is tried in one after the other.",
            "The exit code is 0 when the table is complete, whatever it says; 1 if the protocol itself is violated under"
                    + " all models; 4 if a bound ended a search."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class MutateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PROTOCOL", description = "A protocol as 'list' names it: NAME or NAME@VARIANT.")
    @SuppressWarnings("NullAway.Init")
    private String protocol;

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

    /** The options that say nothing of the scenario. */
    private static final List<String> OTHER_OPTIONS =
            List.of("--models", "--steps", "--show", "--max-states", "--markdown", "--json", "--quiet");

    /** One scenario under all models. */
    private record Stage(Scenario scenario, List<Mutants.Baseline> baselines, Map<String, Mutation> mutations) {
        List<Mutants.Baseline> holding() {
            return baselines.stream().filter(Mutants.Baseline::holds).toList();
        }
    }

    /**
     * A line of the matrix.
     *
     * @param stage the number of the scenario that the cells are of
     * @param difference how a mutant that was not told apart differs all the same; else empty
     */
    private record Line(Mutation mutation, List<Cell> cells, Fate fate, int stage, String difference) {
        Line with(Fate other, String how) {
            return new Line(mutation, cells, other, stage, how);
        }
    }

    @Override
    public Integer call() {
        scenario.refuseFetch();
        CatalogEntry entry = Protocols.find(protocol);
        Progress progress = quiet.progress(spec);
        SearchOptions search = bounds().progress(progress.searches());
        PrintWriter out = spec.commandLine().getOut();
        List<Scenario> scenarios = scenarios(entry);
        progress.expect(scenarios.size(), "scenarios");
        List<Stage> tried = scenarios.parallelStream()
                .map(one -> {
                    Stage stage = stage(entry, one, search);
                    progress.partDone();
                    return stage;
                })
                .toList();
        progress.clear();
        List<Stage> stages =
                tried.stream().filter(stage -> !stage.holding().isEmpty()).toList();
        if (stages.isEmpty()) {
            tried.forEach(stage -> violated(out, stage));
            out.println(entry.fullName()
                    + " does not hold under any of the models, so that nothing can be said of what it needs.");
            return ExitCode.VIOLATED.number();
        }
        Stage first = stages.get(0);
        List<Mutation> mutations = first.mutations().values().stream()
                .filter(mutation -> chosen().test(mutation.name()))
                .toList();
        if (mutations.isEmpty()) {
            throw new UsageException("no mutation of " + entry.fullName()
                    + " has a name like that; without --steps and --show all are listed");
        }
        List<Mutants> runners = stages.stream()
                .map(stage -> new Mutants(stage.holding(), search))
                .toList();
        progress.expect(mutations.size(), "mutants");
        List<Line> lines = mutations.parallelStream()
                .map(mutation -> {
                    Line line = line(mutation.place(), stages, runners);
                    progress.partDone();
                    return line;
                })
                .toList();
        progress.clear();
        if (show != null) {
            lines.forEach(line -> interleavings(out, stages.get(line.stage()), line));
        } else if (json) {
            out.println(Json.write(json(entry, stages, lines)));
        } else {
            print(out, entry, tried, stages, lines);
        }
        boolean open = lines.stream().anyMatch(line -> line.fate() == Fate.OPEN);
        return (open ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS).number();
    }

    private SearchOptions bounds() {
        SearchOptions search = SearchOptions.defaults();
        Integer most = maxStates;
        return most == null ? search : UsageException.at("--max-states", () -> search.maxStates(most));
    }

    private List<Scenario> scenarios(CatalogEntry entry) {
        List<Scenario> scenarios = new ArrayList<>();
        if (hasScenario()) {
            scenarios.add(scenario.scenario(sites.cpus(), sites.sites(scenario), Watch.ALL));
        } else {
            Battery.of(entry.name()).forEach(text -> scenarios.add(parsed(text)));
        }
        for (String text : also == null ? List.<String>of() : also) {
            scenarios.add(UsageException.at("--also", () -> parsed(text)));
        }
        return scenarios;
    }

    private static Scenario parsed(String text) {
        return ScenarioText.parse(text).with(builder -> builder.watch(Watch.ALL).reduce(true));
    }

    /** Whether something of a scenario was given, so that the battery is not asked for. */
    private boolean hasScenario() {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> !OTHER_OPTIONS.contains(option.longestName()));
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

    private Stage stage(CatalogEntry entry, Scenario one, SearchOptions search) {
        Map<String, Mutation> mutations = new LinkedHashMap<>();
        for (Mutation mutation :
                UsageException.at(protocol, () -> Mutations.of(entry.fullName(), one.setting(), entry.definition()))) {
            mutations.put(mutation.place(), mutation);
        }
        List<Mutants.Baseline> baselines = models.chosen().stream()
                .map(model -> Mutants.baseline(
                        entry.record(one.setting()), one.with(builder -> builder.fetch(model)), search))
                .toList();
        return new Stage(one, baselines, mutations);
    }

    /**
     * The first scenario that tells the mutant from the protocol decides; without one, the first. What none of them tells apart is compared in
     * those that execute it; in the others it is the same program.
     */
    private static Line line(String place, List<Stage> stages, List<Mutants> runners) {
        Optional<Line> line = Optional.empty();
        List<Integer> executed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Mutation mutation = stages.get(i).mutations().get(place);
            if (mutation == null
                    || line.filter(known -> known.fate() == Fate.EQUIVALENT).isPresent()) {
                continue;
            }
            Mutants.Row row = runners.get(i).row(mutation);
            Line next = new Line(mutation, row.cells(), row.fate(), i, "");
            if (row.fate() == Fate.KILLED) {
                return next;
            }
            if (row.fate() == Fate.SURVIVED) {
                executed.add(i);
            }
            boolean says = line.isEmpty() || next.fate().compareTo(line.get().fate()) > 0;
            line = says ? Optional.of(next) : line;
        }
        Line found = line.orElseThrow();
        return found.fate() == Fate.SURVIVED ? compared(found, place, executed, stages, runners) : found;
    }

    private static Line compared(
            Line line, String place, List<Integer> executed, List<Stage> stages, List<Mutants> runners) {
        for (int i : executed) {
            Mutation mutation = Objects.requireNonNull(stages.get(i).mutations().get(place));
            Optional<String> difference = runners.get(i).difference(mutation);
            if (difference.isPresent()) {
                return line.with(Fate.SURVIVED, difference.get() + ", in scenario " + letter(i));
            }
        }
        return line.with(Fate.SAME, "");
    }

    private void violated(PrintWriter out, Stage stage) {
        for (Mutants.Baseline baseline : stage.baselines()) {
            if (!baseline.holds()) {
                out.println("left out   " + baseline.scenario().fetch().text() + ": the protocol itself: "
                        + baseline.verdict().sentence());
            }
        }
    }

    private void print(PrintWriter out, CatalogEntry entry, List<Stage> tried, List<Stage> stages, List<Line> lines) {
        for (int i = 0; markdown && stages.size() > 1 && i < stages.size(); i++) {
            out.println((i == 0 ? "Scenarios: " : "") + letter(i) + " `"
                    + ScenarioText.print(stages.get(i).scenario()) + "`" + (i + 1 < stages.size() ? "," : ".\n"));
        }
        if (!markdown) {
            out.println("protocol   " + entry.fullName() + ": " + entry.summary());
            out.println("source     " + entry.source());
            for (int i = 0; i < stages.size(); i++) {
                out.println("scenario   " + letter(i) + ": "
                        + ScenarioText.print(stages.get(i).scenario()));
            }
            tried.forEach(stage -> violated(out, stage));
            out.println();
        }
        List<FetchModel> columns = models.chosen();
        List<String> heads = new ArrayList<>(List.of("step", "change"));
        columns.forEach(model -> heads.add(model.text()));
        heads.add("answer");
        Table table = new Table(heads.toArray(String[]::new));
        for (Line line : lines) {
            List<String> row = new ArrayList<>();
            row.add(escaped(line.mutation().routine() + "/" + line.mutation().step()));
            row.add(escaped(line.mutation().change()));
            columns.forEach(model -> row.add(cell(stages.get(line.stage()), line, model)));
            row.add(escaped(answer(line)));
            table.row(row.toArray(String[]::new));
        }
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        score(lines).forEach(out::println);
        out.flush();
    }

    private String escaped(String text) {
        return markdown ? text.replace("|", "\\|") : text;
    }

    private static String letter(int stage) {
        return String.valueOf((char) ('a' + stage));
    }

    private static String cell(Stage stage, Line line, FetchModel model) {
        List<Mutants.Baseline> holding = stage.holding();
        for (int i = 0; i < holding.size(); i++) {
            if (holding.get(i).scenario().fetch() == model) {
                return text(line.cells().get(i));
            }
        }
        return "";
    }

    private static String text(Cell cell) {
        return switch (cell.answer()) {
            case NEEDED ->
                cell.violation()
                        .map(violation -> violation.property().text() + " " + violation.depth())
                        .orElseThrow();
            case NOT_NEEDED -> "-";
            case VACUOUS -> "vacuous";
            case REFUSED -> "refused";
            case OPEN -> "?";
        };
    }

    private static String answer(Line line) {
        return switch (line.fate()) {
            case KILLED -> killed(line) + (line.stage() == 0 ? "" : ", in scenario " + letter(line.stage()));
            case EQUIVALENT -> "equivalent: " + line.mutation().equivalence().orElseThrow();
            case NEVER_EXECUTED -> "never executed at these bounds";
            case SAME -> "equivalent at these bounds: same histories";
            case SURVIVED -> "not needed at these bounds, but " + line.difference();
            case OPEN -> "undecided: a bound ended a search";
        };
    }

    private static String killed(Line line) {
        if (line.cells().stream().anyMatch(cell -> cell.answer() == Answer.NEEDED)) {
            return "needed";
        }
        return "told apart, not shown to be needed: "
                + line.cells().stream()
                        .map(Cell::why)
                        .filter(why -> !why.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    private static long count(List<Line> lines, Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).count();
    }

    /** Mutants of statements that are never executed are the protocol itself at these bounds, and cannot be told from it. */
    private static List<String> score(List<Line> lines) {
        long killed = count(lines, Fate.KILLED);
        long survived = count(lines, Fate.SURVIVED);
        long open = count(lines, Fate.OPEN);
        long different = killed + survived + open;
        List<String> text = new ArrayList<>();
        text.add(lines.size() + " mutants: " + killed + " told apart, " + survived
                + " not told apart though not the same, "
                + count(lines, Fate.EQUIVALENT) + " equivalent, " + count(lines, Fate.SAME)
                + " equivalent at these bounds, " + count(lines, Fate.NEVER_EXECUTED)
                + " of statements never executed at these bounds" + (open == 0 ? "" : ", " + open + " undecided")
                + ".");
        text.add("Mutation score: " + killed + " of " + different
                + (different == 0 ? "" : " (" + Math.floorDiv(100 * killed, different) + " %)")
                + " that are executed and not equivalent.");
        return text;
    }

    private static void interleavings(PrintWriter out, Stage stage, Line line) {
        out.println(line.mutation().name() + ": " + line.mutation().change() + "; " + answer(line));
        List<Mutants.Baseline> holding = stage.holding();
        for (int i = 0; i < holding.size(); i++) {
            Scenario scenario = holding.get(i).scenario();
            Cell cell = line.cells().get(i);
            out.println();
            out.println(
                    scenario.fetch().text() + ": " + text(cell) + (cell.why().isEmpty() ? "" : ": " + cell.why()));
            if (cell.answer() == Answer.NEEDED) {
                Machine machine = new Machine(scenario, line.mutation().mutant()).unreduced();
                int[] schedule = cell.violation().orElseThrow().finding().schedule();
                out.print(TextTimeline.of(Tracer.run(machine, schedule)));
            }
        }
    }

    private Map<String, @Nullable Object> json(CatalogEntry entry, List<Stage> stages, List<Line> lines) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("protocol", entry.fullName());
        json.put(
                "scenarios",
                stages.stream()
                        .map(stage -> ScenarioText.print(stage.scenario()))
                        .toList());
        json.put("killed", count(lines, Fate.KILLED));
        json.put("survived", count(lines, Fate.SURVIVED));
        json.put("equivalent", count(lines, Fate.EQUIVALENT));
        json.put("sameHistories", count(lines, Fate.SAME));
        json.put("neverExecuted", count(lines, Fate.NEVER_EXECUTED));
        json.put("open", count(lines, Fate.OPEN));
        List<Object> mutants = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> cells = new LinkedHashMap<>();
            models.chosen().forEach(model -> cells.put(model.text(), cell(stages.get(line.stage()), line, model)));
            Map<String, @Nullable Object> mutant = new LinkedHashMap<>();
            mutant.put("name", line.mutation().name());
            mutant.put("change", line.mutation().change());
            mutant.put("fate", line.fate().text());
            mutant.put("scenario", line.stage());
            mutant.put("equivalence", line.mutation().equivalence().orElse(null));
            mutant.put("difference", line.difference().isEmpty() ? null : line.difference());
            mutant.put("models", cells);
            mutants.add(mutant);
        }
        json.put("mutants", mutants);
        return json;
    }
}
