// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.Protocols;
import dev.pokecheck.cli.option.Quiet;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.TimedVerdict;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.explore.verdict.Verdict.Kind;
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
import java.util.stream.Stream;
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
            "With --protocol-class, or a C file among the numbers, your own protocol takes the place of both: it is searched in the scenario of each bug, and must keep the level"
                    + " that the fix keeps. Where it was the hardware that was fixed, the scenario has that of before. What cannot be recorded"
                    + " for a scenario is refused, and the others go on.",
            "The exit code is 0 if all of that is so, 1 if not, and 4 if a bound ended every search that showed less, or if your own protocol was"
                    + " refused or not tested in a scenario."
        },
        mixinStandardHelpOptions = true)
public final class MuseumCommand implements Callable<Integer> {
    /** The columns of times. */
    private static final List<Integer> SECONDS = List.of(5, 9);

    private static final List<Integer> OWN_SECONDS = List.of(6);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID|FILE",
            arity = "0..*",
            description =
                    "Exhibits by their numbers, and C files, or entries of the corpus, whose protocols are tried in them. Default: all exhibits.")
    private @Nullable List<String> named;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NamedProtocol protocols;

    @Option(names = "--markdown", description = "Print the scoreboard as a Markdown table.")
    private boolean markdown;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Quiet quiet;

    @Option(names = "--no-times", description = "Leave the seconds out, so that two runs print the same.")
    private boolean noTimes;

    /** An exhibit, with what its searches have shown. */
    private record Searched(Exhibit exhibit, TimedVerdict broken, TimedVerdict fixed) {
        boolean isFound() {
            return broken.property().equals(Optional.of(exhibit.property()))
                    && broken.verdict().kind() == Kind.VIOLATED;
        }

        boolean holds() {
            return fixed.verdict().kind() == Kind.HOLDS;
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
        List<GivenProtocol> own = own();
        if (!own.isEmpty()) {
            return own.stream()
                    .map(protocol -> own(protocol, own.size() > 1, exhibits, progress))
                    .reduce(ExitCode.HOLDS, ExitCode::worse)
                    .number();
        }
        return all(exhibits, progress).number();
    }

    /** Searches both protocols of each exhibit. */
    private ExitCode all(List<Exhibit> exhibits, ProgressLine progress) {
        progress.expect(2 * exhibits.size(), "searches");
        List<Searched> shown =
                exhibits.stream().map(exhibit -> search(exhibit, progress)).toList();
        progress.clear();
        Table table = new Table(timed(
                SECONDS,
                "bug",
                "broken",
                "violates",
                "steps",
                "states",
                "s",
                "fixed",
                "holds at level",
                "all states",
                "s"));
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
        return wrong.isEmpty() ? ExitCode.HOLDS : otherwise;
    }

    private String[] row(Searched searched) {
        Exhibit exhibit = searched.exhibit;
        TimedVerdict broken = searched.broken;
        TimedVerdict fixed = searched.fixed;
        return timed(
                SECONDS,
                exhibit.id(),
                name(exhibit.broken(), exhibit.scenario(), exhibit.fixedScenario()),
                broken.property().orElse("-"),
                broken.steps(),
                broken.states(),
                seconds(broken),
                name(exhibit.fixed(), exhibit.fixedScenario(), exhibit.scenario()),
                fixed.verdict().level().map(Level::text).orElse("-"),
                fixed.states(),
                seconds(fixed));
    }

    private String[] row(OwnExhibit one) {
        Exhibit exhibit = one.exhibit();
        return timed(
                OWN_SECONDS,
                exhibit.id(),
                exhibit.property(),
                exhibit.level(),
                one.shows(),
                one.steps(),
                one.states(),
                one.shown().map(MuseumCommand::seconds).orElse("-"));
    }

    /** The protocol, and what its scenario has that the other has not. */
    private static String name(String protocol, String scenario, String other) {
        List<String> words = new ArrayList<>(List.of(scenario.split(" ", -1)));
        words.removeAll(List.of(other.split(" ", -1)));
        words.add(0, protocol);
        return String.join(" ", words);
    }

    private static String seconds(TimedVerdict side) {
        return String.format(Locale.ROOT, "%.1f", side.seconds());
    }

    /** The cells of a line, those of times only if they are wanted. */
    private String[] timed(List<Integer> seconds, String... cells) {
        return IntStream.range(0, cells.length)
                .filter(column -> !(noTimes && seconds.contains(column)))
                .mapToObj(column -> cells[column])
                .toArray(String[]::new);
    }

    private static List<String> complaints(Searched searched) {
        Exhibit exhibit = searched.exhibit;
        List<String> complaints = new ArrayList<>();
        if (!searched.isFound()) {
            complaints.add(exhibit.id() + ": " + exhibit.broken() + " must violate " + exhibit.property() + ", but: "
                    + searched.broken.verdict().sentence());
        }
        if (!searched.holds()) {
            complaints.add(exhibit.id() + ": " + exhibit.fixed() + " must hold, but: "
                    + searched.fixed.verdict().sentence());
        }
        return complaints;
    }

    private List<Exhibit> chosen() {
        List<Exhibit> all = Museum.all();
        List<String> ids = named().filter(name -> !NamedProtocol.isFile(name)).toList();
        if (ids.isEmpty()) {
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

    private Stream<String> named() {
        return named == null ? Stream.of() : named.stream();
    }

    /** The protocols of the user's own. */
    private List<GivenProtocol> own() {
        List<String> files = named().filter(NamedProtocol::isFile).toList();
        if (protocols.own().isGiven()) {
            if (!files.isEmpty()) {
                throw new UsageException(
                        "--protocol-class: " + files.get(0) + " is another protocol; give one or the other");
            }
            return List.of(protocols.find("protocol"));
        }
        return files.stream().map(protocols::find).toList();
    }

    private static Searched search(Exhibit exhibit, ProgressLine progress) {
        return new Searched(
                exhibit,
                search(exhibit.broken(), exhibit.scenario(), exhibit, progress),
                search(exhibit.fixed(), exhibit.fixedScenario(), exhibit, progress));
    }

    private static TimedVerdict search(String protocol, String scenario, Exhibit exhibit, ProgressLine progress) {
        TimedVerdict shown = TimedVerdict.of(Protocols.find(protocol), scenario, level(exhibit), progress);
        progress.partDone();
        return shown;
    }

    private static Level level(Exhibit exhibit) {
        return Choice.of("level", exhibit.level(), Level.values(), Level::text);
    }

    /** Searches a protocol of the user's own in the scenarios of the bugs. */
    private ExitCode own(GivenProtocol protocol, boolean isNamed, List<Exhibit> exhibits, ProgressLine progress) {
        progress.expect(exhibits.size(), "searches");
        List<OwnExhibit> shown = new ArrayList<>();
        for (Exhibit exhibit : exhibits) {
            shown.add(OwnExhibit.of(exhibit, protocol.entry(), level(exhibit), progress));
            progress.partDone();
        }
        progress.clear();
        if (shown.stream().allMatch(one -> one.shown().isEmpty())) {
            throw new UsageException(shown.get(0).refusal().orElseThrow());
        }
        Table table =
                new Table(timed(OWN_SECONDS, "bug", "violated then", "must hold", "shows", "steps", "states", "s"));
        shown.forEach(one -> table.row(row(one)));
        PrintWriter out = spec.commandLine().getOut();
        if (isNamed) {
            out.println("protocol   " + protocol.shown());
            out.println();
        }
        (markdown ? table.markdown() : table.text()).forEach(out::println);
        out.println();
        shown.stream().flatMap(one -> one.refusal().stream()).forEach(out::println);
        out.println(OwnExhibit.sentence(shown) + (isNamed ? "\n" : ""));
        out.flush();
        return shown.stream().map(OwnExhibit::exit).reduce(ExitCode.HOLDS, ExitCode::worse);
    }
}
