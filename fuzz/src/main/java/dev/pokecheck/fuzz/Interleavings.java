// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.fuzz.claim.Schedules;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Watch;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs bytes as interleavings: the first choose a protocol and a scenario ({@link Menu}), two more a seed, the rest is the schedule, which goes on at random
 * after them. Then the same machine runs a burst of guided schedules ({@link dev.pokecheck.fuzz.guide}). Machines are kept, as it takes longer to build one than to
 * run it ten times; a run on a kept machine that meets nothing new allocates nothing.
 */
public final class Interleavings {
    /** The most steps of a run. */
    static final int STEPS = 1000;

    /** The bytes after the header that seed the end of a schedule; zero brings it to its end fairly. */
    static final int SEED = 2;

    /** Each takes up to 300 kB, prefixes included. */
    private static final int KEPT = 1024;

    /** A protocol that claims to hold gets so many times the steps of one that is broken on purpose. */
    private static final int SHARE_OF_CLAIMS = 4;

    private static final int PREFIXES = 512;
    /** Where there is only one scenario. */
    private static final int PREFIXES_OF_ONE = 1 << 14;

    private final Menu menu;
    private final Feedback feedback;
    private final Watch watch;
    private final long stopOn;
    private final long seed;
    private final long start = System.nanoTime();
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<Long, Optional<Lane>> lanes = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<Lane>> eldest) {
            return size() > KEPT;
        }
    };

    private @Nullable Lane last;
    private long runs;
    private long steps;
    private int shares;
    private long buildNanos;

    /**
     * Runs of a menu.
     *
     * @param watch what machines watch
     * @param stopOn the incidents that end a run and violate
     * @param seed the seed of bursts
     */
    public Interleavings(Menu menu, Feedback feedback, Watch watch, long stopOn, long seed) {
        this.menu = menu;
        this.feedback = feedback;
        this.watch = watch;
        this.stopOn = stopOn;
        this.seed = seed;
    }

    /** Runs without feedback, that look for what {@link Level#REGULAR} forbids. */
    public static Interleavings of(Menu menu) {
        return of(menu, Feedback.Mode.OFF, 0);
    }

    /** Runs that look for what {@link Level#REGULAR} forbids. */
    static Interleavings of(Menu menu, Feedback.Mode mode, long seed) {
        return new Interleavings(
                menu, new Feedback(mode), Level.REGULAR.watch(), Incidents.forbiddenAt(Level.REGULAR), seed);
    }

    /** What each protocol got so far, by name. */
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    /** All runs so far. */
    public long runs() {
        return runs;
    }

    /** The time spent in building machines, in nanoseconds. */
    long buildNanos() {
        return buildNanos;
    }

    /** The abstract states met so far. */
    public int abstractStates() {
        return feedback.count();
    }

    /**
     * Chooses the scenario of an input, for {@link #next}, and runs its schedule if it has one: of an input that ends before, a burst is all.
     *
     * @return what the schedule violates; null, the usual case, if nothing
     */
    public @Nullable Property begin(byte[] input) {
        if (input.length > menu.header()) {
            return run(input);
        }
        last = lane(input);
        return null;
    }

    /** Runs the schedule of an input and says what it violates; null, the usual case, if nothing. */
    public @Nullable Property run(byte[] input) {
        last = lane(input);
        if (last == null) {
            return null;
        }
        return count(last, input);
    }

    /** Tells the fuzzer what the input that ran last, and its burst, have met. */
    public void tell() {
        feedback.tell();
    }

    /** How many steps the burst after the input that ran last should have, so that each protocol gets its share. */
    long burst() {
        if (last == null) {
            return 0;
        }
        long fair = steps / shares * last.account.share;
        return Math.max(Lane.LEAST_BURST, Math.min(Lane.MOST_BURST, fair - last.account.steps));
    }

    /** Runs a guided schedule in the scenario of the input that ran last, and says what it violates. */
    public @Nullable Property next() {
        Lane lane = Objects.requireNonNull(last, "no input has been run, or only one that chose nothing");
        return count(lane, null);
    }

    /** The account of the protocol that ran last; null if the last input chose nothing. */
    @Nullable
    Account account() {
        return last == null ? null : last.account;
    }

    /** How many steps the last run made. */
    int made() {
        return Objects.requireNonNull(last, "no input has been run").walks.made();
    }

    /** What the protocol that ran last promises in its scenario. */
    Optional<Level> claim() {
        return Objects.requireNonNull(last, "no input has been run").claim;
    }

    /** The violation of the last run, with its schedule; only after a run that said there is one. */
    public Discovery explain(Property property) {
        Lane lane = Objects.requireNonNull(last, "no input has been run");
        Machine machine = lane.machine.unreduced();
        int[] schedule = untilViolated(lane, machine, lane.machine.expand(lane.walks.actions()));
        List<String> names = ActionNames.of(machine, schedule);
        Scenario scenario = lane.machine.scenario().with(b -> b.reduce(false).watch(Watch.ALL));
        Entry entry = new Entry(
                List.of(),
                lane.machine.protocol().name(),
                scenario,
                new Expectation.Violated(property),
                Optional.of(Fingerprint.of(lane.machine.protocol())),
                Optional.of(names));
        return new Discovery(
                property, lane.claim.filter(property::forbiddenAt), Cause.of(machine, schedule, property), entry);
    }

    /** A schedule without the steps that the reduction merged after the one that violates: where old code is stale the machine goes on. */
    private static int[] untilViolated(Lane lane, Machine machine, int[] schedule) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int i = 0; i < schedule.length; i++) {
            if (((machine.apply(state, schedule[i]) | machine.inspect(state)) & lane.stopOn) != 0) {
                return Arrays.copyOf(schedule, i + 1);
            }
        }
        return schedule;
    }

    /** A number that tells violations of one protocol apart roughly: by the property, and the situation before the last step. */
    long symptomKey(Property property) {
        Lane lane = Objects.requireNonNull(last, "no input has been run");
        return (lane.salt + lane.walks.lastSituation()) * Property.values().length + property.ordinal();
    }

    /** Runs the schedule of an input, or the next guided one if there is none. */
    private @Nullable Property count(Lane lane, byte @Nullable [] input) {
        Walk.End end;
        try {
            end = input == null ? lane.walks.next() : lane.run(input);
        } catch (TableFullException e) {
            // All runs of this machine together were too many for its tables; the next input gets a machine with empty
            // ones.
            lanes.remove(lane.key);
            end = Walk.End.STEP_BOUND;
        }
        Account account = lane.account;
        runs++;
        steps += lane.walks.made();
        account.steps += lane.walks.made();
        account.changed = true;
        Property property = Schedules.violated(end, lane.walks.incidents(), lane.stopOn);
        if (property != null) {
            account.violating++;
        } else if (end == Walk.End.STEP_BOUND) {
            account.cutOff++;
        } else {
            account.complete++;
        }
        return property;
    }

    private @Nullable Lane lane(byte[] input) {
        long key = menu.key(input);
        Optional<Lane> lane = lanes.get(key);
        Account account = account(menu.protocol(input).fullName());
        if (lane == null) {
            long began = System.nanoTime();
            lane = build(input, key, account);
            lanes.put(key, lane);
            buildNanos += System.nanoTime() - began;
        }
        if (lane.isEmpty()) {
            account.refused++;
            account.changed = true;
        }
        return lane.orElse(null);
    }

    private Account account(String protocol) {
        Account account = accounts.get(protocol);
        if (account == null) {
            account = new Account(protocol, Claims.anyOf(protocol) ? SHARE_OF_CLAIMS : 1);
            accounts.put(protocol, account);
            shares += account.share;
        }
        return account;
    }

    private Optional<Lane> build(byte[] input, long key, Account account) {
        Scenario scenario = menu.scenario(input).with(b -> b.reduce(true).watch(watch));
        Machine machine;
        try {
            machine = new Machine(scenario, menu.protocol(input).record(scenario.setting()));
        } catch (IllegalArgumentException e) {
            // Not every protocol can be recorded for every scenario; that is a property of the pair, and known from now
            // on.
            return Optional.empty();
        }
        if (!menu.isOne() && Refusal.of(machine)) {
            return Optional.empty();
        }
        Optional<Level> claim = Claims.of(machine.protocol().name(), machine.scenario());
        long stop = claim.filter(level -> level.compareTo(Level.REGULAR) < 0)
                .map(level -> stopOn & Incidents.forbiddenAt(level))
                .orElse(stopOn);
        long salt = (long) machine.protocol().name().hashCode() << 32;
        Walk.Limits limits = new Walk.Limits(stop, STEPS, true);
        int prefixes = menu.isOne() ? PREFIXES_OF_ONE : PREFIXES;
        return Optional.of(new Lane(
                machine, key, account, claim, stop, salt, menu.header(), limits, seed ^ key, prefixes, state -> {
                    if (feedback.meet(state + salt)) {
                        account.states++;
                        account.lastNewNanos = System.nanoTime() - start;
                    }
                }));
    }
}
