// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.DeadEndPolicy;
import dev.pokecheck.explore.search.DeadlockClass;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.SampleResult;
import dev.pokecheck.explore.search.Sampler;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.search.StateClasses;
import dev.pokecheck.explore.verdict.Verdict.Effort;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.judge.Livelock;
import dev.pokecheck.judge.Promises;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.view.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches a machine for violations and says what that has shown.
 *
 * <p>What is forbidden at the demanded level fails the check, by default at once. Behind an incident that ends a run
 * ({@link dev.pokecheck.machine.Scenario#fatal}) the search never looks, so that nothing HOLDS if one was met that was not looked for. Weaker incidents are noted, and the search goes on through them: that old code ran
 * after the call returned does not keep it from being torn later.
 */
public final class Check {
    private final Machine machine;
    private final CheckOptions options;
    private final List<Violation> findings = new ArrayList<>();
    private final List<DeadlockClass> deadlocks = new ArrayList<>();

    private Check(Machine machine, CheckOptions options) {
        this.machine = machine;
        this.options =
                machine.scenario().deadObjects() == DeadObjects.END ? options : options.without(Property.DEAD_OBJECT);
    }

    /**
     * The machine on which a question about a machine is answered: where it is not asked whether objects are used outside their life, runs
     * continue after that.
     */
    public static Machine machineFor(Machine machine, Set<Property> properties) {
        return properties.contains(Property.DEAD_OBJECT)
                        || machine.protocol().objects().isEmpty()
                ? machine
                : new Machine(machine.scenario().with(b -> b.deadObjects(DeadObjects.ANY)), machine.protocol());
    }

    /** Searches all states. */
    public static Verdict search(Machine machine, CheckOptions options) {
        machine.clearReached();
        return new Check(machine, options).search();
    }

    /**
     * Makes runs under a scheduler, which go on where everybody is done, until the first violation.
     *
     * @param how the scheduler and its seed in words, for the verdict
     * @param runs how many runs to make at most
     * @param steps how many steps a run takes at most
     */
    public static Verdict sample(
            Machine machine, CheckOptions options, Scheduler scheduler, String how, long runs, int steps) {
        machine.clearReached();
        return new Check(machine, options).sample(scheduler, how, runs, steps);
    }

    private Verdict search() {
        boolean deadlock = options.properties().contains(Property.DEADLOCK);
        SearchOptions search = options.search()
                .stopOn(options.all() ? 0 : options.fatalIncidents())
                .pruneOn(machine.scenario().fatal())
                .deadEnds(deadlock ? options.all() ? DeadEndPolicy.RECORD : DeadEndPolicy.STOP : DeadEndPolicy.IGNORE)
                .stuck(deadlock)
                .livelock(options.properties().contains(Property.LIVELOCK))
                .deadlocks(options.allDeadlocks() ? standing() : StateClasses.NONE);
        SearchResult result = Search.run(machine, search);
        result.findings().forEach(this::add);
        result.deadlocks()
                .forEach(all -> deadlocks.add(new DeadlockClass(all.name(), all.states(), unreduced(all.first()))));
        Effort effort = new Effort(result.states(), result.transitions(), result.depth(), result.bytesPerState());
        Optional<Violation> violation = fatal();
        if (violation.isPresent()) {
            return verdict(Kind.VIOLATED, violation, level(result), List.of(), bound(result), effort);
        }
        if (result.end() != End.EXHAUSTED) {
            return verdict(
                    Kind.NO_VIOLATION_WITHIN, Optional.empty(), Optional.empty(), List.of(), bound(result), effort);
        }
        List<String> missing = Promises.broken(machine, options.properties(), options.promisesExecutions());
        if (missing.isEmpty()) {
            missing = Promises.undecided(machine, decisive());
        }
        if (!missing.isEmpty()) {
            return verdict(Kind.VACUOUS, Optional.empty(), Optional.empty(), missing, "", effort);
        }
        String limits = String.join(" and ", limits());
        if (!limits.isEmpty()) {
            return verdict(Kind.NO_VIOLATION_WITHIN, Optional.empty(), Optional.empty(), List.of(), limits, effort);
        }
        return verdict(Kind.HOLDS, bar(level(result)), level(result), List.of(), "", effort);
    }

    /** Deadlocks are sorted by where each CPU stands. */
    private StateClasses standing() {
        Machine unreduced = machine.unreduced();
        return state -> String.join("\n", Standing.of(unreduced, state));
    }

    /** What keeps a search of all states from being one of all runs, each as a noun phrase: no verdict may claim more. */
    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        String ends = findings.stream()
                .filter(finding -> isEnd(finding) && !options.properties().contains(finding.property()))
                .map(finding -> finding.property().text())
                .collect(Collectors.joining(", "));
        if (!ends.isEmpty()) {
            limits.add("runs up to " + ends + " (not looked for)");
        }
        if (machine.scenario().deadObjects() == DeadObjects.ANY && has(Reached.DEAD_OBJECT_USED)) {
            limits.add("runs in which the memory of a dead object is nobody else's");
        }
        return limits;
    }

    /** Whether runs are not followed beyond a finding. */
    private boolean isEnd(Violation finding) {
        return (finding.property().bits() & machine.scenario().fatal()) != 0;
    }

    private boolean has(Reached situation) {
        return (machine.reached() & situation.bit()) != 0;
    }

    private Verdict sample(Scheduler scheduler, String how, long runs, int steps) {
        Walk.Limits limits = new Walk.Limits(machine.scenario().fatal() | options.fatalIncidents(), steps, true);
        SampleResult result =
                Sampler.run(machine, scheduler, runs, limits, options.search().budget());
        result.finding().ifPresent(this::add);
        String bounds = result.runs() + (result.runs() == 1 ? " run of" : " runs of") + " at most " + steps + " steps, "
                + how + (result.reason().isEmpty() ? "" : ", " + result.reason());
        Effort effort = new Effort(0, result.steps(), 0, 0);
        Optional<Violation> violation = fatal();
        Kind kind = violation.isPresent() ? Kind.VIOLATED : Kind.SAMPLED;
        return verdict(kind, violation, Optional.empty(), List.of(), bounds, effort);
    }

    /** Keeps the first violation of each property: the one that a search for it alone would have ended at. */
    private void add(Finding finding) {
        Violation violation = Violation.of(unreduced(finding));
        if (!met(violation.property())) {
            findings.add(violation);
        }
    }

    /** The finding on the machine without reduction: all schedules in verdicts are of that one. */
    private Finding unreduced(Finding finding) {
        int[] schedule = machine.expand(finding.schedule());
        return switch (finding.kind()) {
            case INCIDENT -> Finding.incident(finding.incident(), schedule);
            case DEADLOCK -> Finding.deadlock(schedule);
            case STUCK -> Finding.stuck(schedule);
            case LIVELOCK -> livelock(finding, schedule);
        };
    }

    private Finding livelock(Finding reduced, int[] schedule) {
        Finding.Loop loop = reduced.loop().orElseThrow();
        int from = machine.expand(Arrays.copyOf(reduced.schedule(), loop.from())).length;
        Livelock.objection(machine.unreduced(), schedule, from).ifPresent(objection -> {
            throw new IllegalStateException("the reduction has made a livelock of what is none: " + objection);
        });
        return Finding.livelock(schedule, new Finding.Loop(from, loop.missed()));
    }

    private Verdict verdict(
            Kind kind,
            Optional<Violation> violation,
            Optional<Level> level,
            List<String> missing,
            String bounds,
            Effort effort) {
        List<Reached> reached = Stream.of(Reached.values()).filter(this::has).toList();
        boolean exhausted = kind == Kind.HOLDS || kind == Kind.VACUOUS;
        List<Property> untested = exhausted ? Promises.untested(machine, options.properties()) : List.of();
        List<Property> tested = kind == Kind.HOLDS
                ? options.properties().stream()
                        .filter(property -> !untested.contains(property))
                        .toList()
                : List.of();
        return new Verdict(
                kind,
                violation,
                level,
                findings,
                deadlocks,
                reached,
                missing,
                tested,
                untested,
                notes(kind, level),
                bounds,
                effort);
    }

    private List<String> notes(Kind kind, Optional<Level> level) {
        List<String> notes = new ArrayList<>();
        if (kind != Kind.VIOLATED) {
            notes.addAll(Promises.notes(machine));
        }
        if (options.required().equals(Optional.of(Level.GROUP)) && !hasGroup()) {
            notes.add("level group of one site is no more than level atomic");
        }
        for (Violation finding : findings) {
            if (!options.isFatal(finding.property()) && isEnd(finding) && kind != Kind.NO_VIOLATION_WITHIN) {
                notes.add("runs were not followed beyond " + finding.property().text()
                        + (options.properties().contains(finding.property()) ? "" : ", which was not looked for"));
            }
        }
        if (kind == Kind.HOLDS && level.isEmpty() && !Promises.executes(machine)) {
            notes.add("no level is shown: in this scenario nobody executes a site");
        }
        if (met(Property.LOST_PATCH) && !Promises.stores(machine)) {
            notes.add(
                    "no statement stores to a site: text_poke() and poke_store() do, between poke_begin() and poke_end(),"
                            + " which say from when to when the patch call is under way");
        }
        notes.addAll(machine.races());
        machine.protocol().notModelled().forEach(what -> notes.add("not modelled: " + what));
        return notes;
    }

    /** The first violation of what was demanded. */
    private Optional<Violation> fatal() {
        return findings.stream()
                .filter(finding -> options.isFatal(finding.property()))
                .findFirst();
    }

    /** The strongest level that the search has shown: nothing that it forbids was met, and all that it forbids was looked for. */
    private Optional<Level> level(SearchResult result) {
        if (result.end() != End.EXHAUSTED) {
            return Optional.empty();
        }
        return Promises.executes(machine)
                ? Stream.of(Level.values()).filter(this::isShown).reduce((weaker, stronger) -> stronger)
                : Optional.empty();
    }

    /** One site is no group, so that level group is no more than level atomic then. */
    private Set<Property> decisive() {
        Set<Property> decisive = options.decisive();
        return hasGroup()
                ? decisive
                : decisive.stream()
                        .filter(property -> property != Property.GROUP)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Property.class)));
    }

    private boolean isShown(Level level) {
        return isWatched(level)
                && Promises.undecided(machine, level.decisive()).isEmpty()
                && Property.searched().stream()
                        .filter(property -> property.forbiddenAt(level))
                        .allMatch(property -> options.properties().contains(property) && !met(property));
    }

    private boolean met(Property property) {
        return findings.stream().anyMatch(finding -> finding.property() == property);
    }

    private boolean isWatched(Level level) {
        var watch = machine.scenario().watch();
        var needed = level.watch();
        return (watch.stale() || !needed.stale())
                && (watch.backwards() || !needed.backwards())
                && (!needed.group() || (watch.group() && hasGroup()));
    }

    /** One site is no group: that it changes together with itself says nothing. */
    private boolean hasGroup() {
        return machine.scenario().sites().size() > 1;
    }

    /** What keeps the next stronger level from holding. */
    private Optional<Violation> bar(Optional<Level> level) {
        return level.flatMap(shown -> findings.stream()
                .filter(finding -> !finding.property().forbiddenAt(shown))
                .min(Comparator.comparing(finding -> finding.property().from())));
    }

    /** The bound that ended a search, in words; empty if none did. */
    private static String bound(SearchResult result) {
        return switch (result.end()) {
            case STATE_BOUND -> "a bound of " + result.states() + " states";
            case INTERRUPTED, TABLE_FULL -> result.reason();
            case OUT_OF_MEMORY -> "the memory of this JVM";
            case EXHAUSTED, STOPPED_AT_FINDING -> "";
        };
    }
}
