// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.cli.option.Protocols;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.Machines;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import dev.pokecheck.report.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the museum: every bug found as it was, every fix searched to the end. */
@Command(
        name = "museum",
        description = {
            "Checks the bugs of the history of code patching: each must be found in the broken protocol as it was found then,"
                    + " and the fixed one must hold in the same scenario.",
            "The exit code is 0 if all of that is so, 1 if not, and 4 if a bound ended every search that showed less."
        },
        mixinStandardHelpOptions = true)
public final class MuseumCommand implements Callable<Integer> {
    private static final int BROKEN_SECONDS = 5;
    private static final int FIXED_SECONDS = 9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Exhibits by their numbers. Default: all.")
    private @Nullable List<String> ids;

    @Option(names = "--markdown", description = "Print the scoreboard as a Markdown table.")
    private boolean markdown;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(names = "--no-times", description = "Leave the seconds out, so that two runs print the same.")
    private boolean noTimes;

    /** A search of one side of an exhibit. */
    private record Side(Verdict verdict, double seconds) {
        boolean isAtBound() {
            return verdict.kind() == Kind.NO_VIOLATION_WITHIN;
        }
    }

    /** An exhibit, with what its searches have shown. */
    private record Searched(Exhibit exhibit, Side broken, Side fixed) {
        boolean isFound() {
            return property(broken.verdict).equals(Optional.of(exhibit.property()))
                    && broken.verdict.kind() == Kind.VIOLATED;
        }

        boolean holds() {
            return fixed.verdict.kind() == Kind.HOLDS;
        }

        /** Whether a bound ended each search that has shown less. */
        boolean isAtBound() {
            return (isFound() || broken.isAtBound()) && (holds() || fixed.isAtBound());
        }
    }

    @Override
    public Integer call() {
        List<Exhibit> exhibits = chosen();
        ProgressLine progress = quiet.progress(spec);
        progress.expect(2 * exhibits.size(), "searches");
        List<Searched> shown =
                exhibits.stream().map(exhibit -> search(exhibit, progress)).toList();
        progress.clear();
        Table table = new Table(timed(
                "bug", "broken", "violates", "steps", "states", "s", "fixed", "holds at level", "all states", "s"));
        shown.forEach(one -> table.row(row(one)));
        List<String> wrong =
                shown.stream().flatMap(one -> complaints(one).stream()).toList();
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        wrong.forEach(out::println);
        out.println(
                wrong.isEmpty()
                        ? "Every bug is found as it was found then, and every fix holds, all states visited."
                        : "Not everything is as it was found then.");
        out.flush();
        ExitCode otherwise = shown.stream().allMatch(Searched::isAtBound) ? ExitCode.INCONCLUSIVE : ExitCode.VIOLATED;
        return (wrong.isEmpty() ? ExitCode.HOLDS : otherwise).number();
    }

    private String[] row(Searched searched) {
        Exhibit exhibit = searched.exhibit;
        Side broken = searched.broken;
        Side fixed = searched.fixed;
        return timed(
                exhibit.id(),
                name(exhibit.broken(), exhibit.scenario(), exhibit.fixedScenario()),
                property(broken.verdict).orElse("-"),
                broken.verdict
                        .violation()
                        .map(violation -> Integer.toString(violation.depth()))
                        .orElse("-"),
                Long.toString(broken.verdict.effort().states()),
                seconds(broken),
                name(exhibit.fixed(), exhibit.fixedScenario(), exhibit.scenario()),
                fixed.verdict.level().map(Level::text).orElse("-"),
                Long.toString(fixed.verdict.effort().states()),
                seconds(fixed));
    }

    /** The protocol, and what its scenario has that the other has not. */
    private static String name(String protocol, String scenario, String other) {
        List<String> words = new ArrayList<>(List.of(scenario.split(" ", -1)));
        words.removeAll(List.of(other.split(" ", -1)));
        words.add(0, protocol);
        return String.join(" ", words);
    }

    private static String seconds(Side side) {
        return String.format(Locale.ROOT, "%.1f", side.seconds);
    }

    /** The cells of a line, those of times only if they are wanted. */
    private String[] timed(String... cells) {
        return IntStream.range(0, cells.length)
                .filter(column -> !noTimes || (column != BROKEN_SECONDS && column != FIXED_SECONDS))
                .mapToObj(column -> cells[column])
                .toArray(String[]::new);
    }

    private static List<String> complaints(Searched searched) {
        Exhibit exhibit = searched.exhibit;
        List<String> complaints = new ArrayList<>();
        if (!searched.isFound()) {
            complaints.add(exhibit.id() + ": " + exhibit.broken() + " must violate " + exhibit.property() + ", but: "
                    + searched.broken.verdict.sentence());
        }
        if (!searched.holds()) {
            complaints.add(
                    exhibit.id() + ": " + exhibit.fixed() + " must hold, but: " + searched.fixed.verdict.sentence());
        }
        return complaints;
    }

    private List<Exhibit> chosen() {
        List<Exhibit> all = Museum.all();
        if (ids == null) {
            return all;
        }
        List<Exhibit> chosen = new ArrayList<>();
        for (String id : ids) {
            chosen.add(all.stream()
                    .filter(exhibit -> exhibit.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("there is no exhibit \"" + id + "\"; there are "
                            + all.stream().map(Exhibit::id).collect(Collectors.joining(", ")))));
        }
        return chosen;
    }

    private static Searched search(Exhibit exhibit, ProgressLine progress) {
        return new Searched(
                exhibit,
                search(exhibit.broken(), exhibit.scenario(), exhibit.level(), progress),
                search(exhibit.fixed(), exhibit.fixedScenario(), exhibit.level(), progress));
    }

    private static Side search(String protocol, String scenario, String level, ProgressLine progress) {
        CatalogEntry entry = Protocols.find(protocol);
        Level required = Choice.of("level", level, Level.values(), Level::text);
        Machine machine = Machines.of(
                entry,
                ScenarioText.parse(scenario).with(b -> b.watch(required.watch()).reduce(true)));
        long start = System.nanoTime();
        CheckOptions options = CheckOptions.defaults().require(required);
        Verdict verdict = Check.search(machine, options.search(options.search().progress(progress.search(protocol))));
        progress.partDone();
        return new Side(verdict, (System.nanoTime() - start) / 1e9);
    }

    private static Optional<String> property(Verdict verdict) {
        return verdict.violation().map(violation -> violation.property().text());
    }
}
