// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.run.EntryRun;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.EntryParser;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.DeadlockClass;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.judge.Symptom;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.report.Result;
import dev.pokecheck.report.Result.Kind;
import dev.pokecheck.report.SourceFile;
import dev.pokecheck.report.StepOrigins;
import dev.pokecheck.schedule.ActionNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and replays as results for reports. */
public final class Results {
    private Results() {}

    /**
     * A check.
     *
     * @param saved the file that the run was saved in, if it was
     * @param reproducer the command that reproduces it
     */
    public static Result of(CheckOutcome run, Optional<Path> saved, String reproducer) {
        Verdict verdict = run.verdict();
        boolean violated = verdict.kind() == Verdict.Kind.VIOLATED;
        Scenario scenario = run.machine().scenario();
        String choice = run.choice().name().isEmpty() ? "" : run.choice().name() + ": ";
        return new Result(
                choice + name(run.protocol().fullName(), scenario),
                run.protocol().fullName(),
                ScenarioText.print(scenario),
                kind(verdict.kind()),
                verdict.sentence(),
                violated ? verdict.violation().map(Violation::property) : Optional.empty(),
                violated ? verdict.violation().map(it -> symptom(run, it)) : Optional.empty(),
                violated ? run.trace() : Optional.empty(),
                saved.map(Results::source),
                reproducer,
                rounded(run.seconds(), 3),
                List.copyOf(run.machine().protocol().notModelled()),
                details(run));
    }

    /** What a check tells tools besides what every result says. */
    private static Map<String, @Nullable Object> details(CheckOutcome run) {
        Verdict verdict = run.verdict();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("property", verdict.violation().map(it -> it.property().text()).orElse(null));
        json.put("level", verdict.level().map(Level::text).orElse(null));
        json.put("states", verdict.effort().states());
        json.put("transitions", verdict.effort().transitions());
        json.put("depth", verdict.effort().depth());
        json.put("bytesPerState", rounded(verdict.effort().bytesPerState(), 1));
        json.put("reached", verdict.reached().stream().map(Reached::text).toList());
        json.put("missing", verdict.missing());
        json.put("untested", verdict.untested().stream().map(Property::text).toList());
        json.put("steps", run.steps());
        json.put("origins", run.trace().map(StepOrigins::of).orElse(List.of()));
        json.put(
                "loop",
                verdict.violation()
                        .flatMap(it -> it.finding().loop())
                        .map(loop -> loop.from() + 1)
                        .orElse(null));
        if (!verdict.deadlocks().isEmpty()) {
            json.put(
                    "deadlocks",
                    verdict.deadlocks().stream()
                            .map(sort -> deadlocks(run, sort))
                            .toList());
        }
        return json;
    }

    private static Map<String, @Nullable Object> deadlocks(CheckOutcome run, DeadlockClass sort) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("standing", sort.name().lines().toList());
        json.put("states", sort.states());
        json.put("steps", ActionNames.of(run.machine().unreduced(), sort.first().schedule()));
        return json;
    }

    private static Symptom symptom(CheckOutcome run, Violation violation) {
        return Symptom.of(run.machine().unreduced(), violation.finding().schedule(), violation.property());
    }

    /**
     * A replay.
     *
     * @param protocol what it was a replay of
     * @param reproducer the command that reproduces it
     * @param expected whether it was asked that the entry does what it expects; else the violation that it shows is one
     * @param difference what is other than in the timeline beside it, if that was asked and something is
     */
    public static Result of(
            Path file,
            Entry entry,
            Protocol protocol,
            EntryRun run,
            String reproducer,
            boolean expected,
            Optional<String> difference,
            double seconds) {
        Kind kind = difference.isPresent() ? Kind.OTHER_TIMELINE : kind(entry, run, expected);
        Optional<Property> property = kind == Kind.VIOLATED && entry.expectation() instanceof Expectation.Violated it
                ? Optional.of(it.property())
                : Optional.empty();
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("expects", entry.expectation().text());
        details.put("property", property.map(Property::text).orElse(null));
        details.put(
                "steps",
                run.trace()
                        .map(trace ->
                                trace.steps().stream().map(it -> it.action()).toList())
                        .orElse(List.of()));
        details.put("origins", run.trace().map(StepOrigins::of).orElse(List.of()));
        details.put("loop", loop(run));
        return new Result(
                file + ": " + name(entry.protocol(), entry.scenario()),
                entry.protocol(),
                ScenarioText.print(entry.scenario()),
                kind,
                difference.map(it -> it.replaceFirst("\\.$", "")).orElse(run.message()),
                property,
                run.symptom(),
                run.trace(),
                Optional.of(source(file)),
                reproducer,
                rounded(seconds, 3),
                List.copyOf(protocol.notModelled()),
                details);
    }

    private static @Nullable Integer loop(EntryRun run) {
        return run.trace().isPresent() && run.trace().get().loop().isPresent()
                ? run.trace().get().loop().getAsInt()
                : null;
    }

    private static Kind kind(Entry entry, EntryRun run, boolean expected) {
        return switch (run.outcome()) {
            case REPRODUCED -> {
                boolean violated = entry.expectation() instanceof Expectation.Violated;
                if (violated && !expected) {
                    yield Kind.VIOLATED;
                }
                yield run.verdict().isPresent() ? Kind.HOLDS : Kind.AS_EXPECTED;
            }
            case DIVERGED -> Kind.DIVERGED;
            case CHANGED -> Kind.CHANGED;
            case OTHER ->
                run.code() == ExitCode.INCONCLUSIVE
                        ? kind(run.verdict().orElseThrow().kind())
                        : Kind.NOT_AS_EXPECTED;
        };
    }

    private static Kind kind(Verdict.Kind kind) {
        return switch (kind) {
            case HOLDS -> Kind.HOLDS;
            case VIOLATED -> Kind.VIOLATED;
            case NO_VIOLATION_WITHIN -> Kind.NO_VIOLATION_WITHIN;
            case SAMPLED -> Kind.SAMPLED;
            case VACUOUS -> Kind.VACUOUS;
        };
    }

    /** Protocol × scenario × model; the model stands in its own part, also where it is the default. */
    private static String name(String protocol, Scenario scenario) {
        Scenario usual = Scenario.of(scenario.sites());
        String rest = ScenarioText.print(
                scenario.with(b -> b.fetch(usual.fetch(), usual.chunk()).data(usual.data())));
        String chunk = scenario.chunk() == usual.chunk() ? "" : "/" + scenario.chunk();
        return protocol + " \u00d7 " + rest + " \u00d7 " + scenario.fetch().text() + chunk + ", "
                + scenario.data().text();
    }

    private static SourceFile source(Path file) {
        try {
            return new SourceFile(file.toString(), EntryParser.stepLines(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static BigDecimal rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }
}
