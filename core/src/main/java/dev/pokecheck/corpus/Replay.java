// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.judge.Livelock;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayDivergedException;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Replays the schedule of an entry: every step by its name, and nothing that the schedule does not name. */
public final class Replay {
    private final Entry entry;
    private final TransitionSystem system;
    private final Protocol protocol;
    private final Predicate<long[]> stuck;
    private final RecordingScheduler scheduler;
    private final Walk walk;

    /**
     * Prepares a replay.
     *
     * @param entry an entry with a schedule
     * @param machine the machine of its protocol and scenario
     * @param stuck whether no complete state can be reached from a state; asked only where a deadlock is expected
     */
    public Replay(Entry entry, Machine machine, Predicate<long[]> stuck) {
        this(entry, machine, machine.protocol(), stuck);
    }

    /** The same with any system that knows the names of the schedule, and the protocol that it runs. */
    Replay(Entry entry, TransitionSystem system, Protocol protocol, Predicate<long[]> stuck) {
        this.entry = entry;
        this.system = system;
        this.protocol = protocol;
        this.stuck = stuck;
        List<String> schedule = entry.schedule().orElseThrow();
        scheduler = new RecordingScheduler(new ReplayScheduler(system, schedule));
        walk = new Walk(system, new Walk.Limits(fatal(entry), Integer.MAX_VALUE, true));
    }

    /** What ends a run: what the entry speaks of, and everything behind which an execution means nothing. */
    private static long fatal(Entry entry) {
        Expectation expectation = entry.expectation();
        return entry.scenario().fatal()
                | (expectation instanceof Expectation.Violated violated
                        ? violated.property().bits()
                        : Incidents.forbiddenAt(expectation.level()));
    }

    /** Replays. That the protocol has changed is an outcome of its own, whatever the schedule shows. */
    public ReplayResult run() {
        ReplayResult result = replay();
        return Fingerprint.change(entry, protocol)
                .map(change -> result(Outcome.CHANGED, change + "; " + now(result)))
                .orElse(result);
    }

    private ReplayResult replay() {
        try {
            return judge(walk.run(scheduler, 0));
        } catch (ReplayDivergedException e) {
            return result(Outcome.DIVERGED, String.valueOf(e.getMessage()));
        }
    }

    private static String now(ReplayResult result) {
        return switch (result.outcome()) {
            case REPRODUCED -> "its schedule still shows: " + result.message();
            case DIVERGED -> "its schedule can no longer be followed: " + result.message();
            case OTHER, CHANGED -> "its schedule now shows something else: " + result.message();
        };
    }

    /** The actions taken by {@link #run}. */
    public int[] actions() {
        return scheduler.actions();
    }

    /**
     * What happened, with the loop marked if it is the livelock that was expected.
     *
     * @param machine the machine that was replayed on
     */
    public Trace trace(Machine machine) {
        OptionalInt loop =
                entry.expectation() instanceof Expectation.Violated violated ? violated.loop() : OptionalInt.empty();
        boolean loops = loop.isPresent()
                && Livelock.objection(system, actions(), loop.getAsInt()).isEmpty();
        return Tracer.of(machine, actions(), loops ? loop : OptionalInt.empty());
    }

    private ReplayResult judge(Walk.End end) {
        Set<Property> seen = violated(end);
        if (entry.expectation() instanceof Expectation.Violated expected) {
            if (seen.isEmpty() && expected.loop().isPresent()) {
                return loop(expected.loop().getAsInt());
            }
            if (seen.contains(expected.property())) {
                return result(
                        Outcome.REPRODUCED, "violated " + expected.property().text());
            }
            return result(Outcome.OTHER, "expected " + expected.text() + ", but " + found(seen));
        }
        return seen.isEmpty()
                ? result(Outcome.REPRODUCED, entry.expectation().text() + ", of this schedule")
                : result(Outcome.OTHER, "expected " + entry.expectation().text() + ", but " + found(seen));
    }

    private ReplayResult loop(int from) {
        return Livelock.objection(system, actions(), from)
                .map(objection -> result(Outcome.OTHER, "expected violated livelock, but " + objection))
                .orElseGet(() -> result(Outcome.REPRODUCED, "violated livelock"));
    }

    private Set<Property> violated(Walk.End end) {
        Set<Property> seen = EnumSet.noneOf(Property.class);
        long fatal = fatal(entry);
        Incidents.in(walk.incidents() & fatal).forEach(incident -> seen.add(incident.property()));
        if (end == Walk.End.DEADLOCK || (seen.isEmpty() && expectsDeadlock() && stuck.test(last()))) {
            seen.add(Property.DEADLOCK);
        }
        return seen;
    }

    private boolean expectsDeadlock() {
        return entry.expectation().equals(new Expectation.Violated(Property.DEADLOCK));
    }

    private long[] last() {
        long[] state = new long[system.words()];
        system.initial(state);
        for (int action : actions()) {
            system.apply(state, action);
        }
        return state;
    }

    private String found(Set<Property> seen) {
        int steps = actions().length;
        return seen.isEmpty()
                ? "the schedule ends after step " + steps + " and nothing is wrong there; was it truncated or edited?"
                : "step " + steps + " violates "
                        + seen.stream().map(Property::text).collect(Collectors.joining(", "));
    }

    private ReplayResult result(Outcome outcome, String message) {
        return new ReplayResult(outcome, message, actions().length);
    }
}
