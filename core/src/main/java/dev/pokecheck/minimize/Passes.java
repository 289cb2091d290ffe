// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.judge.Symptom;
import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One minimisation: the passes, until none gains anything. */
final class Passes {
    /** Rounds of all passes; the second finds little and the third next to nothing. */
    private static final int MAX_ROUNDS = 4;

    /** A replay takes some 50 to 200 microseconds. */
    private static final int MAX_REPLAYS = 2000;

    private static final String TRUNCATE = "truncate";
    private static final String DROP = "drop";
    private static final String SHORTEN = "shorten";
    private static final String SCENARIO = "scenario";
    private static final String SWITCHES = "switches";

    private final Minimizer with;
    private final int[] given;
    private final Size before;
    private final List<Pass> passes = new ArrayList<>();
    private Target target;
    private Machine machine;
    private Steps steps;
    /** The machine on which, and the number of steps below which, was searched last: it is not done twice. */
    private @Nullable Machine searched;

    private int searchedSteps;

    Passes(Minimizer with, Machine machine, int[] given, Target target) {
        this.with = with;
        this.machine = machine;
        this.given = given.clone();
        this.target = target;
        before = Size.of(machine.scenario(), given);
        steps = new Steps(this.given, ActionNames.of(machine, given));
        for (String name : List.of(TRUNCATE, DROP, SHORTEN, SCENARIO, SWITCHES)) {
            passes.add(new Pass(name, 0, 0, 0));
        }
    }

    Minimized run(int firstViolation) {
        truncate(firstViolation);
        Size size;
        int round = 0;
        do {
            size = Size.of(machine.scenario(), steps.actions());
            drop();
            shorten();
            if (!with.keepScenario()) {
                while (smallerScenario()) {
                    drop();
                    shorten();
                }
            }
            switches();
        } while (++round < MAX_ROUNDS && !size.equals(Size.of(machine.scenario(), steps.actions())));
        requireSameViolation();
        return new Minimized(
                machine,
                steps.actions(),
                steps.names(),
                Symptom.of(machine, steps.actions(), target.property()),
                before,
                passes);
    }

    private void truncate(int length) {
        take(TRUNCATE, 1, length < given.length ? 1 : 0, prefix(length));
    }

    private Steps prefix(int length) {
        return new Steps(
                Arrays.copyOf(given, length), new ArrayList<>(steps.names().subList(0, length)));
    }

    private void drop() {
        replay(DROP, new DropSteps(new Rerun(machine, target), steps, MAX_REPLAYS));
    }

    private void switches() {
        replay(SWITCHES, new FewerSwitches(new Rerun(machine, target), steps, MAX_REPLAYS));
    }

    private void replay(String name, ReplayPass pass) {
        Steps result = pass.run();
        take(name, pass.attempts(), pass.successes(), result);
    }

    private void take(String name, int attempts, int successes, Steps result) {
        for (int i = 0; i < passes.size(); i++) {
            Pass pass = passes.get(i);
            if (pass.name().equals(name)) {
                int gone = pass.stepsGone() + steps.size() - result.size();
                passes.set(i, new Pass(name, pass.attempts() + attempts, pass.successes() + successes, gone));
            }
        }
        steps = result;
    }

    private void shorten() {
        if (machine == searched && steps.size() == searchedSteps) {
            return;
        }
        Optional<Steps> shorter =
                searched(machine, steps.actions(), target).filter(found -> found.size() < steps.size());
        take(SHORTEN, 1, shorter.isPresent() ? 1 : 0, shorter.orElse(steps));
        searched = machine;
        searchedSteps = steps.size();
    }

    /** What the search finds; nothing if a table of the machine is full. */
    private Optional<Steps> searched(Machine on, int[] known, Target wanted) {
        try {
            return with.shortener()
                    .shorten(on, known, wanted)
                    .map(found -> new Steps(found, ActionNames.of(on, found)));
        } catch (TableFullException e) {
            return Optional.empty();
        }
    }

    /** Goes over to a scenario that is one thing smaller; false if the violation is not found in any. */
    private boolean smallerScenario() {
        for (SmallerScenario smaller : SmallerScenario.of(machine.scenario())) {
            Machine other = machine(smaller);
            if (other == null) {
                continue;
            }
            Target there = target.renamed(smaller.names()::text);
            @Nullable Steps shown = new Rerun(other, there).run(smaller.names().steps(steps.names()));
            if (shown == null) {
                shown = searched(other, new int[0], there)
                        .filter(found -> smaller.isWorthMoreSteps() || found.size() <= steps.size())
                        .orElse(null);
            }
            take(SCENARIO, 1, shown == null ? 0 : 1, shown == null ? steps : shown);
            if (shown != null) {
                machine = other;
                target = there;
                return true;
            }
        }
        return false;
    }

    private @Nullable Machine machine(SmallerScenario smaller) {
        try {
            return with.machines().apply(smaller.scenario()).unreduced();
        } catch (IllegalArgumentException e) {
            // The protocol does not fit: it wants two CPUs, say. The others are still to be tried.
            return null;
        }
    }

    /** Replays what comes out by its names, and strictly. */
    private void requireSameViolation() {
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, steps.names()));
        new Walk(machine, new Walk.Limits(0, steps.size(), true)).run(replay, 0);
        @Nullable Steps shown = new Rerun(machine, target).run(new Steps(replay.actions(), steps.names()));
        if (shown == null || shown.size() != steps.size() || !Arrays.equals(shown.actions(), steps.actions())) {
            throw new IllegalStateException("minimising " + machine.protocol().name()
                    + " has come to a schedule that does not show the same violation: " + steps.names());
        }
    }
}
