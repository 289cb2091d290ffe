// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.EntryProtocols;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A violating schedule as a sample finds it in a scenario of {@code corpus/fail}. */
final class Case {
    private static final Path FAIL =
            Path.of(System.getProperty("basedir", "."), "..", "corpus", "fail").normalize();

    private static final int STEPS = 500;
    private static final int DEPTH = 4;

    private final String name;
    private final Entry entry;
    private final Machine machine;
    private final int[] schedule;

    private Case(String name, Entry entry, Machine machine, int[] schedule) {
        this.name = name;
        this.entry = entry;
        this.machine = machine;
        this.schedule = schedule;
    }

    /** All that the seeds 1.. find; who finds nothing in so many runs has no case. */
    static List<Case> all(int seeds, long runs) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path file : Corpus.files(FAIL)) {
            Entry entry = Corpus.read(file);
            Machine machine = machine(entry, scenario(entry)).unreduced();
            for (int seed = 1; seed <= seeds; seed++) {
                String from = file.getFileName() + ", seed " + seed + ", ";
                add(cases, from + "random", entry, machine, new RandomScheduler(seed), runs);
                add(cases, from + "pct", entry, machine, new PctScheduler(machine, seed, DEPTH, STEPS), runs);
                add(
                        cases,
                        from + "detours",
                        entry,
                        machine,
                        new Detours(machine, entry.schedule().orElseThrow(), seed),
                        runs);
            }
        }
        return cases;
    }

    /** The schedule of an entry itself. */
    static Case of(String file) {
        Entry entry = Corpus.read(FAIL.resolve(file + Corpus.SUFFIX));
        Machine machine = machine(entry, scenario(entry)).unreduced();
        List<String> names = entry.schedule().orElseThrow();
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, names));
        new Walk(machine, new Walk.Limits(0, names.size(), true)).run(replay, 0);
        return new Case(file, entry, machine, replay.actions());
    }

    /** A schedule with detours from that of an entry. */
    static Case of(String file, long seed) {
        Case known = of(file);
        List<Case> found = new ArrayList<>();
        Scheduler detours = new Detours(known.machine, known.entry.schedule().orElseThrow(), seed);
        add(found, file + ", seed " + seed + ", detours", known.entry, known.machine, detours, 1000);
        return found.get(0);
    }

    private static Scenario scenario(Entry entry) {
        return entry.scenario().with(b -> b.watch(entry.expectation().level().watch()));
    }

    private static Machine machine(Entry entry, Scenario scenario) {
        return new Machine(scenario, EntryProtocols.of(FAIL, entry, scenario.setting()));
    }

    static Machine machine(String protocol, Scenario scenario) {
        CatalogEntry found = Catalog.find(protocol).orElseThrow();
        return new Machine(scenario, found.record(scenario.setting()));
    }

    private static void add(
            List<Case> cases, String name, Entry entry, Machine machine, Scheduler scheduler, long runs) {
        CheckOptions options =
                CheckOptions.defaults().require(property(entry).from()).lookFor(EnumSet.of(property(entry)));
        Check.sample(machine, options, scheduler, name, runs, STEPS)
                .violation()
                .ifPresent(it ->
                        cases.add(new Case(name, entry, machine, it.finding().schedule())));
    }

    private static Property property(Entry entry) {
        return ((Expectation.Violated) entry.expectation()).property();
    }

    String name() {
        return name;
    }

    /** The file that the scenario is from. */
    String file() {
        return name.substring(0, name.indexOf(','));
    }

    Property property() {
        return property(entry);
    }

    Machine machine() {
        return machine;
    }

    int steps() {
        return schedule.length;
    }

    int[] schedule() {
        return schedule.clone();
    }

    /** The minimiser as the command line has it. */
    Minimizer minimizer() {
        return minimizer(change -> change);
    }

    /** The same on machines whose scenarios are changed once more. */
    Minimizer minimizer(UnaryOperator<ScenarioBuilder> change) {
        return Minimizer.of(scenario -> machine(entry, scenario.with(change)))
                .shortener(Shortcuts.quick()::shorten)
                .stuck(StuckState::isStuck);
    }

    Minimized minimized(Minimizer minimizer) {
        return minimizer.minimize(machine, schedule, property()).orElseThrow();
    }

    /**
     * The fewest steps to the same violation: by one breadth-first search from the initial state.
     *
     * @return it; empty if the search does not fit its bound
     */
    Optional<Integer> shortest(Minimized known, boolean anyPhase, int maxStates) {
        Target target = Target.first(machine, known.schedule(), property(), StuckState::isStuck)
                .orElseThrow()
                .target();
        return new Shortcuts(1, maxStates, 1, 0)
                .shorten(machine, new int[0], anyPhase ? target.inAnyPhase() : target)
                .map(schedule -> schedule.length);
    }
}
