// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomNumbers;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of one machine, one after the other: random ones, PCT ones, and ones that begin with a prefix that has led to something new; the rules are in the
 * package documentation. Confined to one thread.
 */
public final class GuidedWalks {
    /** So many schedules have no prefix at first. */
    private static final int PLAIN = 64;

    /** After so many, seven of eight have one. */
    private static final int MANY = 1024;

    /** As in the comparison of engines. */
    private static final int DEPTH = 4;

    private static final int STEPS = 500;
    /** After a prefix: the changes of priority come soon. */
    private static final int SOON = 60;

    /** After a prefix one of so many tails is made from the initial state all the same. */
    private static final int NONE = 16;

    private final Machine machine;
    private final Novelty novelty;
    private final Walk walk;
    /** Of abstract states. */
    private final Archive archive;
    /** Of states as they are. */
    private final Archive exact;

    private final RandomNumbers random = new RandomNumbers();
    private final long seed;
    private final int shared;
    private final Watch given;
    private final Watch[] plain;
    private final Watch[] after;

    private @Nullable Trail prefix;
    private Watch watch;
    private long next;
    private long plainRuns;
    private long situation;

    /**
     * Schedules of a machine.
     *
     * @param limits when a run ends
     * @param seed the seed of all that is drawn
     * @param prefixes the most prefixes to keep
     * @param given makes the schedules that {@link #run} runs
     * @param novelty is told of abstract states that this machine has not met before
     */
    public GuidedWalks(Machine machine, Walk.Limits limits, long seed, int prefixes, Scheduler given, Novelty novelty) {
        this.machine = machine;
        this.novelty = novelty;
        this.seed = seed;
        walk = new Walk(machine, limits);
        archive = new Archive(prefixes);
        exact = new Archive(prefixes);
        int[] starts = machine.partStarts();
        shared = starts.length > 1 ? starts[1] : machine.words();
        plain = new Watch[] {
            watch(new RandomScheduler(seed)), watch(new PctScheduler(machine, seed, DEPTH, STEPS)),
        };
        after = new Watch[] {
            watch(new Steady(machine, seed)),
            watch(new RandomScheduler(~seed)),
            watch(new Steady(machine, ~seed)),
            watch(new PctScheduler(machine, ~seed, DEPTH, SOON)),
        };
        this.given = new Watch(given);
        watch = this.given;
    }

    private Watch watch(Scheduler tail) {
        return new Watch(new ThenStop(machine, tail));
    }

    /** Runs the next schedule. */
    public Walk.End next() {
        long run = next++;
        if (run < PLAIN || run % (run < MANY ? 4 : 16) < 2) {
            return run(plain[(int) (run % 2)], plainRuns++ / 2, null, 0);
        }
        random.seed(seed, run);
        Watch tail = after[random.below(after.length)];
        Archive from = random.below(3) == 0 ? archive : exact;
        return from.prefixes() == 0 || random.below(NONE) == 0
                ? run(tail, run, null, 0)
                : run(tail, run, from, from.choose(random));
    }

    /** Runs a schedule that the caller's scheduler makes. What it meets counts as what the others meet. */
    public Walk.End run(long number) {
        return run(given, number, null, 0);
    }

    private Walk.End run(Watch with, long run, @Nullable Archive from, int number) {
        watch = with;
        situation = 0;
        if (from == null) {
            prefix = null;
            return walk.run(with.recording, run);
        }
        Trail trail = from.trail(number);
        prefix = trail;
        return walk.resume(from.snapshot(number), trail.length(), with.recording, run);
    }

    /** The actions of the last run, from the initial state on. */
    public int[] actions() {
        return Trail.of(prefix, watch.recording.actions(), 0).actions();
    }

    /** How many steps the last run made: those of its prefix were not made again. */
    public int made() {
        return walk.steps() - (prefix == null ? 0 : prefix.length());
    }

    /** The incidents of the last run. */
    public long incidents() {
        return walk.incidents();
    }

    /** The situation before the last step. */
    public long lastSituation() {
        return situation;
    }

    /** The abstract states that this machine has met. */
    public int states() {
        return archive.states();
    }

    /** Picks what a scheduler picks, and keeps what leads to something new. */
    private final class Watch implements Scheduler {
        private final Scheduler scheduler;
        final RecordingScheduler recording = new RecordingScheduler(this);
        /** What the step before met. */
        private long met;

        private long metExactly;
        /** Whether that was new, or cheaper to come to. */
        private boolean isFresh;

        private boolean isFreshExactly;
        private int interrupts;

        Watch(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void start(long run) {
            isFresh = false;
            isFreshExactly = false;
            interrupts = prefix == null ? 0 : prefix.interrupts();
            scheduler.start(run);
        }

        @Override
        public int pick(long[] state, ActionList enabled) {
            keep(state);
            int pick = scheduler.pick(state, enabled);
            if (pick != END) {
                int action = enabled.get(pick);
                situation = machine.situation(state, action) + 1L;
                meet(state, action);
                interrupts += machine.spontaneous(action) ? 1 : 0;
            }
            return pick;
        }

        private void meet(long[] state, int action) {
            long mixed = mix(state, 0, shared, 0);
            met = mix(mixed, situation);
            metExactly = mix(mix(state, shared, state.length, mixed), action);
            Archive.Meeting meeting = archive.meet(met, interrupts);
            isFresh = meeting != Archive.Meeting.AGAIN;
            if (meeting == Archive.Meeting.FIRST) {
                novelty.met(met);
            }
            isFreshExactly = exact.meet(metExactly, interrupts) != Archive.Meeting.AGAIN;
        }

        /** Keeps what has led to this state, if the step before met something new. */
        private void keep(long[] state) {
            if (isFresh || isFreshExactly) {
                Trail trail = Trail.of(prefix, recording.actions(), interrupts);
                long[] snapshot = state.clone();
                if (isFresh) {
                    archive.keep(met, snapshot, trail, random);
                }
                if (isFreshExactly) {
                    exact.keep(metExactly, snapshot, trail, random);
                }
                isFresh = false;
                isFreshExactly = false;
            }
        }

        @Override
        public void finish(Walk.End end) {
            scheduler.finish(end);
        }
    }

    private static long mix(long[] state, int from, int to, long start) {
        long mixed = start;
        for (int word = from; word < to; word++) {
            mixed = mix(mixed, state[word]);
        }
        return mixed;
    }

    private static long mix(long mixed, long word) {
        long more = (mixed ^ word) * 0xbf58476d1ce4e5b9L;
        return more ^ more >>> 29;
    }
}
