// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.property.Property;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fuzz target: bytes are a protocol, a scenario and a schedule ({@link Menu}, {@link Interleavings}). A violation of what a protocol promises
 * fails the run. In a session every violation is left in a folder instead, once for each symptom, and the run goes on.
 */
public final class InterleavingFuzz {
    private static final InterleavingFuzz TARGET = new InterleavingFuzz(Settings.ofSystem());

    private final Optional<FoundFolder> found;
    private final Interleavings runs;
    private final FindingFilter filter = new FindingFilter();
    private final Set<String> kept = new TreeSet<>();
    private final Heartbeat heartbeat;
    private int findings;
    private long nanos;

    InterleavingFuzz(Settings settings) {
        found = settings.found().map(FoundFolder::new);
        runs = Interleavings.of(settings.menu(), settings.feedback());
        heartbeat = new Heartbeat(this::figures);
    }

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.heartbeat.last();
    }

    void run(byte[] input) {
        heartbeat.run();
        long start = System.nanoTime();
        take(input);
        nanos += System.nanoTime() - start;
    }

    private void take(byte[] input) {
        Property property = runs.run(input);
        if (property == null) {
            return;
        }
        if (found.isEmpty()) {
            Violation violation = runs.explain(property);
            if (violation.promised()) {
                throw new AssertionError(violation.entry().protocol() + " promises that this does not happen: "
                        + property.text() + "\n" + violation.entry().print());
            }
        } else if (filter.isNew(runs.symptomKey(property))) {
            keep(runs.explain(property), found.orElseThrow());
        }
    }

    private void keep(Violation violation, FoundFolder folder) {
        if (kept.add(violation.entry().protocol() + ": " + violation.symptom().text())) {
            folder.add(violation.entry());
            findings++;
        }
    }

    private String figures() {
        Interleavings.Counts counts = runs.counts();
        return "states=" + runs.abstractStates() + " complete=" + counts.complete() + " violating=" + counts.violating()
                + " cut=" + counts.cutOff() + " useless=" + counts.useless() + " steps=" + counts.steps() + " walk="
                + counts.nanos() + " target=" + nanos + " findings=" + findings;
    }
}
