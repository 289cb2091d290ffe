// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogChange;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.CFileOptions;
import dev.pokecheck.cli.option.Demand;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.Protocols;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.print.MinimalTable;
import dev.pokecheck.cli.print.MinimalTable.Row;
import dev.pokecheck.cli.run.Changeable;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenScenario;
import dev.pokecheck.cli.run.MinimalSets;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.CheckOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
                    "Protocols with changes, as 'list' names them: NAME@VARIANT, or NAME@VARIANT+CHANGE, to which more are added."
                            + " Or one C file, whose changes are macros, which --changes names.")
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

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CFileOptions files;

    @Option(
            names = "--changes",
            paramLabel = "CHANGE",
            split = ",",
            description =
                    "The changes to try. Default: all that the protocol has. Of a C file each is a macro to define.")
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
        Optional<CFile> file = file();
        List<Changeable> entries = file.map(it -> List.of(Changeable.of(it, macros(it))))
                .orElseGet(() -> protocols.stream()
                        .map(Protocols::find)
                        .map(entry -> Changeable.of(entry, changes(entry)))
                        .toList());
        List<GivenScenario> scenarios = scenarios(file.map(CFile::scenario).orElse(ScenarioWords.NONE));
        scenarios.forEach(one -> one.refuseDeadObjects(demand.only()));
        CheckOptions options = options();
        ProgressLine progress = quiet.progress(spec);
        progress.expect(
                scenarios.size() * entries.stream().mapToInt(Changeable::sets).sum(), "sets");
        MinimalTable table = new MinimalTable(
                entries.stream().map(Changeable::name).toList(),
                scenarios.parallelStream()
                        .map(one -> new Row(
                                ScenarioText.print(one.scenario()),
                                entries.parallelStream()
                                        .map(entry ->
                                                MinimalSets.of(entry, one, demand.only(), options, progress::partDone))
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

    /** The one C file that is named; empty if shipped protocols are. */
    private Optional<CFile> file() {
        Optional<String> name = protocols.stream().filter(NamedProtocol::isFile).findFirst();
        if (name.isEmpty()) {
            files.refuse(protocols.get(0) + " is no C file");
            return Optional.empty();
        }
        if (protocols.size() > 1) {
            throw new UsageException(
                    name.get() + " is a file, whose scenario is its own; leave the other protocols out");
        }
        if (name.get().endsWith(Corpus.SUFFIX)) {
            throw new UsageException(name.get() + " is an entry of a corpus; name the C file, and its macros by -D");
        }
        return name.map(files::open);
    }

    /** The macros to try of a file. */
    private List<String> macros(CFile file) {
        List<String> wanted = changes;
        if (wanted == null) {
            throw new UsageException(
                    file.name()
                            + ": name the macros that are the changes to try, as in --changes CLEAR_FIRST,RESET_MAP; each set of them is defined in turn");
        }
        wanted.stream()
                .filter(name -> name.isBlank() || !file.mentions(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException("--changes: \"" + name + "\" stands nowhere in " + file.name()
                            + "; name macros that it asks for by #ifdef");
                });
        return wanted.stream().distinct().toList();
    }

    private List<GivenScenario> scenarios(ScenarioWords ofFile) {
        if (in == null) {
            return List.of(sites.scenario(scenario, ofFile, demand.level().watch()));
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
