// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.fuzz.FoundFolder;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes findings small within a bound of processor time. When the bound is reached it begins nothing new: the finding stays as small as it is by then, and says so.
 * A step that has begun is not broken off, so that it may take somewhat longer.
 */
final class QuickShrinker implements Shrinker {
    @Override
    public Shrunk shrink(Candidate candidate, long seconds) {
        return shrink(candidate, bound(seconds));
    }

    /** Whether this thread has worked for so long, counted from now. */
    private static BooleanSupplier bound(long seconds) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + seconds * Times.SECOND;
        return () -> threads.getCurrentThreadCpuTime() >= end;
    }

    /** The same with another bound. */
    static Shrunk shrink(Candidate candidate, BooleanSupplier isOver) {
        Examined examined = candidate.examined();
        CatalogEntry protocol = Menu.find(candidate.protocol());
        Shortcuts shortcuts = Shortcuts.quick();
        Minimized minimized = Minimizer.of(scenario -> machine(protocol, scenario, isOver))
                .shortener((machine, known, target) ->
                        isOver.getAsBoolean() ? Optional.empty() : shortcuts.shorten(machine, known, target))
                .stuck(StuckState::isStuck)
                .minimize(examined.machine(), examined.schedule(), examined.property())
                .orElseThrow(() ->
                        new IllegalStateException("it has just been replayed, and the minimiser does not see it"));
        return new Shrunk(
                entry(candidate, minimized, isOver.getAsBoolean()),
                TextTimeline.of(Tracer.of(minimized.machine(), minimized.schedule(), minimized.loop())));
    }

    private static Machine machine(CatalogEntry protocol, Scenario scenario, BooleanSupplier isOver) {
        if (isOver.getAsBoolean()) {
            // For the minimiser, a scenario that does not fit, and is not tried.
            throw new IllegalArgumentException("the time for this finding is used up");
        }
        return new Machine(scenario, protocol.record(scenario.setting()));
    }

    private static Entry entry(Candidate candidate, Minimized minimized, boolean cut) {
        List<String> comments = new ArrayList<>();
        comments.add(FoundFolder.CAUSE + candidate.cause());
        Candidate.comment(candidate.examined().entry(), FoundFolder.CLAIM)
                .ifPresent(claim -> comments.add(FoundFolder.CLAIM + claim));
        comments.add("Found by fuzzing: " + minimized.symptom().text() + ".");
        comments.add("Minimised: " + minimized.before().text() + " -> "
                + minimized.after().text()
                + (cut ? ", as far as a session takes the time; pokecheck minimize may go further." : "."));
        // What decides stands here, as the timeline is what a replay prints.
        CriticalSwap.of(minimized).map(CriticalSwap::text).orElse(List.of()).forEach(comments::add);
        return new Entry(
                comments,
                candidate.protocol(),
                minimized.scenario(),
                candidate.examined().entry().expectation(),
                Optional.of(Fingerprint.of(minimized.machine().protocol())),
                Optional.of(minimized.steps()));
    }
}
