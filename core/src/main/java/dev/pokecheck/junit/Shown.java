// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/** What a check has shown. */
public final class Shown {
    private final Machine machine;
    private final Verdict verdict;
    private final Optional<CFile> source;

    /**
     * What a check has shown.
     *
     * @param source the C file that the protocol is in, which entries carry
     */
    Shown(Machine machine, Verdict verdict, Optional<CFile> source) {
        this.machine = machine;
        this.verdict = verdict;
        this.source = source;
    }

    /** The verdict: what was checked, and what came of it. */
    public Verdict verdict() {
        return verdict;
    }

    /** The names of the steps of the violation; empty if there is none. */
    public List<String> steps() {
        return violation()
                .map(it -> ActionNames.of(machine.unreduced(), it.finding().schedule()))
                .orElse(List.of());
    }

    /** The interleaving that violates what was demanded, as text; empty if there is none. */
    public Optional<String> timeline() {
        return trace().map(TextTimeline::of);
    }

    /** The same as events. */
    public Optional<Trace> trace() {
        return violation()
                .map(violation -> Tracer.of(
                        machine.unreduced(),
                        violation.finding().schedule(),
                        violation.finding().loopStart()));
    }

    /**
     * Saves the violation as an entry of a corpus.
     *
     * @throws IllegalStateException if there is none
     */
    public void save(Path file) throws IOException {
        Violation violation = violation().orElseThrow(() -> new IllegalStateException("nothing is violated"));
        Entry entry = new Entry(
                List.of(verdict.sentence() + "."),
                machine.protocol().name(),
                machine.scenario(),
                new Expectation.Violated(
                        violation.property(), violation.finding().loopStart()),
                Optional.of(Fingerprint.of(machine.protocol())),
                Optional.of(steps()));
        Corpus.write(file, entry.withOwn(source.map(it -> it.carried(file))));
    }

    /** Saves the violation in a folder, which is made if it is not there; under a name that is the same for
     * the same protocol and scenario. */
    Path saveIn(Path folder) {
        String question = ScenarioText.print(machine.scenario()) + Fingerprint.of(machine.protocol());
        CRC32 crc = new CRC32();
        crc.update(question.getBytes(StandardCharsets.UTF_8));
        String property = violation().orElseThrow().property().text();
        Path file = folder.resolve(String.format(
                Locale.ROOT, "%s-%s-%08x%s", machine.protocol().name(), property, crc.getValue(), Corpus.SUFFIX));
        try {
            Files.createDirectories(folder);
            save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return file;
    }

    /**
     * What a test says that fails: what was expected, what came instead with its interleaving, and what shows it again.
     *
     * @param folder where a violation is saved
     * @param again lines that say how to see what was saved again
     */
    String failure(String expected, Path folder, Function<Path, List<String>> again) {
        StringBuilder message = new StringBuilder(expected)
                .append(", but ")
                .append(verdict.sentence())
                .append(".\n");
        timeline().ifPresent(timeline -> {
            Path file = saveIn(folder);
            message.append('\n').append(timeline).append('\n');
            again.apply(file).forEach(line -> message.append(line).append('\n'));
        });
        if (timeline().isEmpty()) {
            message.append(remedy());
        }
        return message.toString();
    }

    /** Protocol and scenario. */
    String title() {
        return machine.protocol().name() + " in " + ScenarioText.print(machine.scenario());
    }

    /** What to do where nothing is violated and the test fails all the same; a line, or nothing. */
    String remedy() {
        return switch (verdict.kind()) {
            case HOLDS, VIOLATED -> "";
            case NO_VIOLATION_WITHIN ->
                "A bound is no proof. Raise it, make the scenario smaller, or assert findsNoViolation(), which claims no more.\n";
            case SAMPLED ->
                "A sample is no proof. Search all states (no random, no pct), or assert findsNoViolation(), which claims no more.\n";
            case VACUOUS ->
                "Nothing was tested. Give the scenario what it lacks: a thread that executes the sites, NMIs with work, another fetch"
                        + " model.\n";
        };
    }

    private Optional<Violation> violation() {
        return verdict.kind() == Kind.VIOLATED ? verdict.violation() : Optional.empty();
    }
}
