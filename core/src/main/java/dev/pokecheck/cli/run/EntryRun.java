// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.explore.search.ProgressListener;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.judge.Symptom;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import java.util.Optional;

/**
 * What became of an entry of the corpus.
 *
 * @param outcome whether it does what it expects; a search that shows less counts as {@code OTHER}
 * @param code the exit code for that
 * @param message the outcome in words
 * @param trace what happened, if the entry has a schedule
 * @param symptom what the violation looks like from outside, if the one that was expected is reproduced
 * @param verdict what a search showed, if there was one
 */
public record EntryRun(
        Outcome outcome,
        ExitCode code,
        String message,
        Optional<Trace> trace,
        Optional<Symptom> symptom,
        Optional<Verdict> verdict) {

    /** Replays the schedule of an entry; without one, searches everything. */
    public static EntryRun of(Entry entry, Machine machine, ProgressListener progress) {
        return entry.schedule().isPresent() ? replay(entry, machine) : search(entry, machine, progress);
    }

    /** The machine of an entry: it watches for what the entry speaks of, and merges nothing if there is a schedule. */
    public static Machine machine(Entry entry, CatalogEntry protocol) {
        return Machines.of(
                protocol,
                entry.scenario()
                        .with(b -> b.watch(entry.expectation().level().watch())
                                .reduce(entry.schedule().isEmpty())));
    }

    /** Whether it does what it expects, for the protocol that it was written for. */
    public boolean asExpected() {
        return outcome == Outcome.REPRODUCED;
    }

    /** What happened, as text. */
    public Optional<String> timeline() {
        return trace.map(TextTimeline::of);
    }

    private static EntryRun replay(Entry entry, Machine machine) {
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        String outcome = switch (result.outcome()) {
            case REPRODUCED -> "REPRODUCED: ";
            case DIVERGED -> "DIVERGED: ";
            case OTHER -> "NOT REPRODUCED: ";
            case CHANGED -> "CHANGED: ";
        };
        return new EntryRun(
                result.outcome(),
                result.outcome() == Outcome.REPRODUCED ? ExitCode.HOLDS : ExitCode.DIVERGED,
                outcome + result.message(),
                Optional.of(replay.trace(machine)),
                symptom(entry, machine, result, replay.actions()),
                Optional.empty());
    }

    private static Optional<Symptom> symptom(Entry entry, Machine machine, ReplayResult result, int[] actions) {
        return result.outcome() == Outcome.REPRODUCED && entry.expectation() instanceof Expectation.Violated violated
                ? Optional.of(Symptom.of(machine.unreduced(), actions, violated.property()))
                : Optional.empty();
    }

    private static EntryRun search(Entry entry, Machine machine, ProgressListener progress) {
        CheckOptions options =
                CheckOptions.defaults().require(entry.expectation().level());
        Verdict verdict = Check.search(machine, options.search(options.search().progress(progress)));
        Optional<String> change = Fingerprint.change(entry, machine.protocol());
        if (change.isPresent()) {
            return new EntryRun(
                    Outcome.CHANGED,
                    ExitCode.DIVERGED,
                    "CHANGED: " + change.get() + "; a search now says: " + verdict.sentence(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(verdict));
        }
        ExitCode code = ExitCode.of(verdict.kind());
        return new EntryRun(
                code == ExitCode.HOLDS ? Outcome.REPRODUCED : Outcome.OTHER,
                code == ExitCode.VIOLATED ? ExitCode.DIVERGED : code,
                verdict.sentence(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(verdict));
    }
}
