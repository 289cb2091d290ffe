// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.util.List;
import java.util.Optional;

/**
 * A finished check: machine, verdict, time.
 *
 * @param choice its sites
 * @param protocol its protocol
 * @param machine its machine
 * @param verdict what it showed
 * @param seconds how long it took
 */
public record CheckOutcome(SiteChoice choice, CatalogEntry protocol, Machine machine, Verdict verdict, double seconds) {

    /** The steps of the violation that decided, or that bars the next level; empty if there is none. */
    public List<String> steps() {
        return verdict.violation()
                .map(it -> ActionNames.of(machine.unreduced(), it.finding().schedule()))
                .orElse(List.of());
    }

    /** The same, traced. */
    public Optional<Trace> trace() {
        return verdict.violation()
                .map(violation -> Tracer.of(
                        machine.unreduced(),
                        violation.finding().schedule(),
                        violation.finding().loopStart()));
    }

    /** What it means for the exit code. */
    public ExitCode exit() {
        return ExitCode.of(verdict.kind());
    }

    /** The entry of the corpus that shows it again; empty if it is inconclusive. */
    public Optional<Entry> entry() {
        return expectation()
                .map(expected -> new Entry(
                        List.of(verdict.sentence() + "."),
                        protocol.fullName(),
                        machine.scenario(),
                        expected,
                        Optional.of(Fingerprint.of(machine.protocol())),
                        verdict.kind() == Verdict.Kind.VIOLATED ? Optional.of(steps()) : Optional.empty()));
    }

    private Optional<Expectation> expectation() {
        return switch (verdict.kind()) {
            case VIOLATED -> verdict.violation().map(CheckOutcome::violated);
            case HOLDS -> verdict.level().map(Expectation.Holds::new);
            case NO_VIOLATION_WITHIN, SAMPLED, VACUOUS -> Optional.empty();
        };
    }

    private static Expectation violated(Violation violation) {
        return new Expectation.Violated(
                violation.property(), violation.finding().loopStart());
    }
}
