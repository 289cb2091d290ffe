// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.Scenario.Watch;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Symptom;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs bytes as interleavings: the first choose a protocol and a scenario ({@link Menu}), the rest is the schedule. Machines are kept, as it
 * takes longer to build one than to run it ten times; a run on a kept machine allocates nothing.
 */
public final class Interleavings {
    /** The most steps of a run. */
    public static final int STEPS = 1000;

    /** Each takes about 50 kB. */
    private static final int KEPT = 8192;

    /** One machine, and all that runs it. */
    private final class Lane {
        final Machine machine;
        final long salt;
        final Optional<Level> claim;
        final BytesThenFair bytes;
        final Scheduler scheduler;
        final Walk walk;

        Lane(Machine machine, long salt, Walk.Limits limits) {
            this.machine = machine;
            this.salt = salt;
            claim = Claims.of(machine.protocol().name(), machine.scenario());
            bytes = new BytesThenFair(machine);
            scheduler = feedback.watch(machine, salt, bytes);
            walk = new Walk(machine, limits);
        }
    }

    /** How many runs ended how. */
    public static final class Counts {
        long runs;
        long complete;
        long violating;
        long cutOff;
        long useless;
        long steps;
        long nanos;

        private Counts() {}

        /** All runs. */
        public long runs() {
            return runs;
        }

        /** Runs at whose end everybody was done. */
        public long complete() {
            return complete;
        }

        /** Runs that ended in a violation. */
        public long violating() {
            return violating;
        }

        /** Runs that ended at the bound of steps. */
        public long cutOff() {
            return cutOff;
        }

        /** Inputs whose protocol cannot be recorded for their scenario. */
        public long useless() {
            return useless;
        }

        /** The steps of all runs. */
        public long steps() {
            return steps;
        }

        /** The time spent in walks. */
        public long nanos() {
            return nanos;
        }
    }

    private final Menu menu;
    private final Feedback feedback;
    private final Watch watch;
    private final long stopOn;
    private final Counts counts = new Counts();
    private final Map<Long, Optional<Lane>> lanes = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<Lane>> eldest) {
            return size() > KEPT;
        }
    };

    private @Nullable Lane last;

    /**
     * Runs of a menu.
     *
     * @param watch what machines watch
     * @param stopOn the incidents that end a run and violate
     */
    public Interleavings(Menu menu, Feedback feedback, Watch watch, long stopOn) {
        this.menu = menu;
        this.feedback = feedback;
        this.watch = watch;
        this.stopOn = stopOn;
    }

    /** Runs without feedback, that look for what {@link Level#REGULAR} forbids. */
    public static Interleavings of(Menu menu) {
        return of(menu, Feedback.Mode.OFF);
    }

    /** Runs that look for what {@link Level#REGULAR} forbids. */
    static Interleavings of(Menu menu, Feedback.Mode mode) {
        return new Interleavings(menu, new Feedback(mode), Level.REGULAR.watch(), Schedules.incidents(Level.REGULAR));
    }

    /** How the runs so far ended. */
    public Counts counts() {
        return counts;
    }

    /** The abstract states met so far. */
    public int abstractStates() {
        return feedback.count();
    }

    /** Runs an input and says what it violates; null, the usual case, if nothing. */
    public @Nullable Property run(byte[] input) {
        last = lane(input);
        if (last == null) {
            counts.useless++;
            return null;
        }
        last.bytes.fill(input, menu.header());
        long start = System.nanoTime();
        Walk.End end;
        try {
            end = last.walk.run(last.scheduler, 0);
        } catch (TableFullException e) {
            // All runs of this machine together were too many for its tables; the next run gets a machine with empty
            // ones.
            lanes.remove(menu.key(input));
            end = Walk.End.STEP_BOUND;
        }
        counts.nanos += System.nanoTime() - start;
        feedback.tell();
        return count(last, end);
    }

    /** The violation of the last input, with its schedule; only behind a {@link #run} that said there is one. */
    public Violation explain(Property property) {
        Lane lane = Objects.requireNonNull(last, "no input has been run");
        RecordingScheduler recording = new RecordingScheduler(lane.bytes);
        lane.walk.run(recording, 0);
        Machine machine = lane.machine.unreduced();
        int[] schedule = untilViolated(machine, lane.machine.expand(recording.actions()));
        List<String> names = ActionNames.of(machine, schedule);
        boolean promised = lane.claim.isPresent() && property.forbiddenAt(lane.claim.orElseThrow());
        Scenario scenario = lane.machine.scenario().with(b -> b.reduce(false).watch(Watch.ALL));
        Entry entry = new Entry(
                List.of(),
                lane.machine.protocol().name(),
                scenario,
                new Expectation.Violated(property),
                Optional.of(Fingerprint.of(lane.machine.protocol())),
                Optional.of(names));
        return new Violation(property, promised, Symptom.of(machine, schedule, property), entry);
    }

    /** A schedule without the steps that the reduction merged behind the one that violates: where old code is stale the machine goes on. */
    private int[] untilViolated(Machine machine, int[] schedule) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int i = 0; i < schedule.length; i++) {
            if (((machine.apply(state, schedule[i]) | machine.inspect(state)) & stopOn) != 0) {
                return Arrays.copyOf(schedule, i + 1);
            }
        }
        return schedule;
    }

    /** A number that tells violations of one protocol apart roughly: by the property, and the abstract state before the last step. */
    long symptomKey(Property property) {
        Lane lane = Objects.requireNonNull(last, "no input has been run");
        return (lane.salt + feedback.lastSituation()) * Property.values().length + property.ordinal();
    }

    private @Nullable Property count(Lane lane, Walk.End end) {
        counts.runs++;
        counts.steps += lane.walk.steps();
        Property property = Schedules.violated(end, lane.walk.incidents(), stopOn);
        if (property != null) {
            counts.violating++;
        } else if (end == Walk.End.STEP_BOUND) {
            counts.cutOff++;
        } else {
            counts.complete++;
        }
        return property;
    }

    private @Nullable Lane lane(byte[] input) {
        long key = menu.key(input);
        Optional<Lane> lane = lanes.get(key);
        if (lane == null) {
            lane = build(input);
            lanes.put(key, lane);
        }
        return lane.orElse(null);
    }

    private Optional<Lane> build(byte[] input) {
        Scenario scenario = menu.scenario(input).with(b -> b.reduce(true).watch(watch));
        Walk.Limits limits = new Walk.Limits(stopOn, STEPS, true);
        try {
            Machine machine = new Machine(scenario, menu.protocol(input).record(scenario.setting()));
            long salt = (long) machine.protocol().name().hashCode() << 32;
            return Optional.of(new Lane(machine, salt, limits));
        } catch (IllegalArgumentException e) {
            // Not every protocol can be recorded for every scenario; that is a property of the pair, and known from now
            // on.
            return Optional.empty();
        }
    }
}
