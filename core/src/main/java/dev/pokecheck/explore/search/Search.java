// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.search.SearchResult.Stuck;
import dev.pokecheck.explore.store.Hash;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.text.TableFullException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state of a system that its options do not exclude. The one evaluation loop of the package; it allocates only
 * where the store grows and where something is found.
 *
 * <p>A search says nothing of the incidents behind a pruned step or state, and of each kind of finding it reports the first.
 */
public final class Search {
    /** The budget is asked when the transitions have none of these bits. */
    static final long POLL_MASK = (1 << 13) - 1;

    /** How many states of a checkpoint are tried: whether a step of this system leads to them. */
    private static final int TRIALS = 1000;

    /** What it takes to report after the memory has run out, with whatever classes that loads. */
    private static final int RESERVE_BYTES = 1 << 20;

    /** What a search is doing; the later two follow exhaustion. */
    private enum Phase {
        VISIT,
        STUCK,
        LIVELOCK
    }

    private static final BitSet NOTHING = new BitSet();

    private final TransitionSystem system;
    private final SearchOptions options;
    private final StateStore store;
    private final long pollMask;
    private final Frontier frontier;
    private final ActionList actions = new ActionList();
    private final long[] current;
    private final long[] next;

    /** States that show an incident behind which the search does not look. */
    private BitSet pruned = new BitSet();

    /** States from which no way to a complete state is asked for, if {@link SearchOptions#stuck}. */
    private BitSet closed = new BitSet();

    /** The steps that are owed, if a check behind exhaustion asks for them; those that complete something are marked. */
    private final Edges edges = new Edges();

    private final boolean keepEdges;

    /** What was found, in order, but for the livelock. */
    private final List<PendingFinding> sightings = new ArrayList<>();

    private FairLoops.@Nullable Loop loop;

    /** The incidents among them. */
    private long seen;

    /** Given up when the memory has run out. */
    private final List<byte[]> reserve = new ArrayList<>();

    private Phase phase = Phase.VISIT;

    /** Whether the sweeps of the present phase have begun in an earlier search, and what they have left of the loops. */
    private boolean resumed;

    private boolean resumedUpward;
    private BitSet resumedLeft = new BitSet();

    /** Whether to save before anything else is done. */
    private boolean saving;

    private @Nullable End end;
    private String reason = "";
    private boolean spent;
    private Stuck stuck;
    private long transitions;
    private long completeStates;
    private long deadEnds;
    private int depth;

    private Search(TransitionSystem system, SearchOptions options, StateStore store, long pollMask) {
        this.pollMask = pollMask;
        this.system = system;
        this.options = options;
        this.store = store;
        this.frontier = options.order().frontier();
        this.current = new long[system.words()];
        this.next = new long[system.words()];
        this.reserve.add(new byte[RESERVE_BYTES]);
        this.keepEdges = options.stuck() || options.livelock();
        this.stuck = options.stuck() ? Stuck.NOT_DECIDED : Stuck.NOT_ASKED;
    }

    /**
     * Searches a system.
     *
     * @throws CheckpointException if there is a checkpoint from which this search cannot go on
     */
    public static SearchResult run(TransitionSystem system, SearchOptions options) {
        return run(system, options, options.storage().store(system, options.maxStates()));
    }

    /** Searches a system with an empty store, for tests. */
    static SearchResult run(TransitionSystem system, SearchOptions options, StateStore store) {
        return run(system, options, store, POLL_MASK);
    }

    /** Searches a system, and polls when the transitions have none of some bits. */
    static SearchResult run(TransitionSystem system, SearchOptions options, StateStore store, long pollMask) {
        Search search = new Search(system, options, store, pollMask);
        search.resume();
        return search.run();
    }

    private SearchResult run() {
        boolean memoryLeft = true;
        try {
            if (phase == Phase.VISIT) {
                visitAll();
            }
            if (end == null && options.stuck() && phase != Phase.LIVELOCK) {
                decideStuck();
            }
            if (end == null && options.livelock()) {
                lookForLivelock();
            }
        } catch (TableFullException e) {
            end = End.TABLE_FULL;
            reason = e.bound();
        } catch (OutOfMemoryError e) {
            reserve.clear();
            memoryLeft = false;
        }
        double bytesPerState = bytes() / (double) Math.max(1, store.size());
        store.seal();
        if (!memoryLeft) {
            end = End.OUT_OF_MEMORY;
        }
        options.checkpoints().ended(end != null && end != End.STOPPED_AT_FINDING && end != End.TABLE_FULL);
        return new SearchResult(
                end == null ? End.EXHAUSTED : end,
                reason,
                store.size(),
                transitions,
                depth,
                completeStates,
                deadEnds,
                bytesPerState,
                stuck,
                explain());
    }

    private void visitAll() {
        if (store.size() == 0) {
            system.initial(next);
            see(arrive(store.put(next), 0), 0, PendingFinding.NO_ACTION);
        }
        while (end == null) {
            if (saving) {
                save(false, NOTHING);
            }
            int state = frontier.take();
            if (state == Frontier.NONE) {
                return;
            }
            if (!pruned.get(state)) {
                expand(state, frontier.depth());
            }
            if (spent) {
                interrupt(false, NOTHING);
            }
        }
    }

    private void expand(int state, int depth) {
        store.load(state, current);
        system.enabled(current, actions);
        if (system.nothingOwed(actions) && !system.complete(current)) {
            deadEnd(state);
        }
        if (keepEdges) {
            edges.begin(state);
        }
        for (int i = 0; i < actions.size() && end == null; i++) {
            step(state, depth, actions.get(i));
        }
        if (keepEdges) {
            edges.end();
        }
    }

    private void step(int state, int depth, int action) {
        System.arraycopy(current, 0, next, 0, current.length);
        long raised = system.apply(next, action);
        boolean progressed = system.progressed();
        transitions++;
        if ((raised & options.pruneOn()) != 0) {
            raised |= system.inspect(next);
            close(state);
        } else {
            int child = store.put(next);
            if (child >= 0) {
                raised |= arrive(child, depth + 1);
            }
            if (child == StateStore.FULL) {
                end = End.STATE_BOUND;
            } else if (keepEdges && !system.spontaneous(action)) {
                edges.add(child >= 0 ? child : ~child, progressed);
            }
        }
        if ((raised & ~seen) != 0) {
            see(raised, state, action);
        }
        if ((transitions & pollMask) == 0 && end == null) {
            poll(frontier.size(), depth);
        }
    }

    private void close(int state) {
        if (options.stuck()) {
            closed.set(state);
        }
    }

    /** Takes in a new state, whose words are in {@link #next}; returns the incidents it shows. */
    private long arrive(int state, int atDepth) {
        long shown = system.inspect(next);
        if ((shown & options.pruneOn()) != 0) {
            pruned.set(state);
            close(state);
        }
        if (system.complete(next)) {
            completeStates++;
            close(state);
        }
        depth = Math.max(depth, atDepth);
        frontier.add(state, atDepth);
        return shown;
    }

    private void see(long incidents, int state, int action) {
        for (long fresh = incidents & ~seen; fresh != 0; fresh &= fresh - 1) {
            sightings.add(new PendingFinding(Finding.Kind.INCIDENT, Long.lowestOneBit(fresh), state, action));
        }
        seen |= incidents;
        if ((incidents & options.stopOn()) != 0) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    private void deadEnd(int state) {
        deadEnds++;
        if (options.deadEnds() != DeadEndPolicy.IGNORE) {
            close(state);
        }
        if (deadEnds == 1 && options.deadEnds() != DeadEndPolicy.IGNORE) {
            sightings.add(new PendingFinding(Finding.Kind.DEADLOCK, 0, state, PendingFinding.NO_ACTION));
        }
        if (options.deadEnds() == DeadEndPolicy.STOP) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    private void decideStuck() {
        StuckCheck check = new StuckCheck(edges, closed, store.size());
        if (resumed) {
            check.goOn(resumedUpward);
        }
        phase = Phase.STUCK;
        resumed = false;
        while (end == null && !check.done()) {
            poll(0, depth);
            if (spent) {
                interrupt(check.isUpward(), NOTHING);
            } else {
                check.sweep();
                if (saving && !check.done()) {
                    save(check.isUpward(), NOTHING);
                }
            }
        }
        if (!check.done()) {
            return;
        }
        stuck = check.open() == 0 ? Stuck.NONE : Stuck.FOUND;
        if (stuck == Stuck.FOUND) {
            sightings.add(new PendingFinding(Finding.Kind.STUCK, 0, check.first(), PendingFinding.NO_ACTION));
        }
    }

    private void lookForLivelock() {
        LoopCheck check = new LoopCheck(edges, store.size());
        if (resumed) {
            check.goOn(resumedLeft, resumedUpward);
        }
        phase = Phase.LIVELOCK;
        while (end == null && !check.done()) {
            poll(check.open(), depth);
            if (spent) {
                interrupt(check.isUpward(), check.left());
            } else {
                check.sweep();
                if (saving && !check.done()) {
                    save(check.isUpward(), check.left());
                }
            }
        }
        if (!check.done() || check.open() == 0) {
            return;
        }
        loop = FairLoops.shortest(new LoopGraph(system, store, check.states(), options.pruneOn()));
    }

    private void poll(long waiting, int atDepth) {
        options.progress().progress(store.size(), transitions, waiting, atDepth);
        saving |= options.checkpoints().due();
        String bound = options.budget().spent();
        if (bound != null) {
            spent = true;
            reason = bound;
        }
    }

    /** Ends the search at its budget, from where another can go on. */
    private void interrupt(boolean upward, BitSet left) {
        if (end == null) {
            end = End.INTERRUPTED;
            if (options.checkpoints() != Checkpoints.NONE) {
                save(upward, left);
            }
        }
    }

    private long bytes() {
        return store.bytes() + frontier.bytes() + edges.bytes() + (pruned.size() + closed.size()) / Byte.SIZE;
    }

    private List<Finding> explain() {
        Paths paths = new Paths(system, store, options.pruneOn());
        List<Finding> findings = new ArrayList<>();
        sightings.forEach(sighting -> findings.add(sighting.explain(paths)));
        if (loop != null) {
            int[] stem = paths.to(loop.state());
            findings.add(Finding.livelock(loop.behind(stem), new Finding.Loop(stem.length, loop.missed())));
        }
        return findings;
    }

    // ---- checkpoints

    private void save(boolean upward, BitSet left) {
        saving = false;
        options.checkpoints().save(sink -> writeTo(sink, upward, left));
    }

    /**
     * Writes the situation between two expansions, or between two sweeps.
     *
     * @param upward which way the next sweep goes
     * @param left what sweeps have left of the loops
     */
    private void writeTo(CheckpointOutput sink, boolean upward, BitSet left) {
        for (long number : identity()) {
            sink.number(number);
        }
        long[] tables = system.tables();
        sink.number(tables.length);
        sink.longs(tables, 0, tables.length);
        sink.number(phase.ordinal());
        sink.number(stuck.ordinal());
        sink.number(transitions);
        sink.number(completeStates);
        sink.number(deadEnds);
        sink.number(depth);
        sink.number(seen);
        sink.number(sightings.size());
        sightings.forEach(sighting -> sighting.writeTo(sink));
        store.writeTo(sink);
        frontier.writeTo(sink);
        BitSets.write(pruned, sink);
        BitSets.write(closed, sink);
        edges.writeTo(sink);
        sink.number(upward ? 1 : 0);
        BitSets.write(left, sink);
    }

    /** What must be the same in a search that goes on with this one. */
    private long[] identity() {
        int[] parts = system.partStarts();
        return new long[] {
            system.words(),
            parts.length,
            Hash.of(parts, parts.length),
            options.order().ordinal(),
            options.storage().ordinal(),
            options.stopOn(),
            options.pruneOn(),
            options.deadEnds().ordinal(),
            options.stuck() ? 1 : 0,
            options.livelock() ? 1 : 0
        };
    }

    private void resume() {
        CheckpointInput source = options.checkpoints().former();
        if (source == null) {
            return;
        }
        try {
            readFrom(source);
            tryPaths();
        } catch (OutOfMemoryError e) {
            throw new CheckpointException(
                    "the memory of this JVM does not hold the states of the checkpoint; give it more with -Xmx", e);
        }
    }

    private void readFrom(CheckpointInput source) {
        for (long number : identity()) {
            if (source.number() != number) {
                throw new CheckpointException("the checkpoint is of another search: its system or its options differ");
            }
        }
        long[] tables = new long[source.count(Integer.MAX_VALUE)];
        source.longs(tables, 0, tables.length);
        try {
            system.restore(tables);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("the checkpoint is of another system: " + e.getMessage(), e);
        }
        phase = Phase.values()[source.count(Phase.values().length - 1L)];
        stuck = Stuck.values()[source.count(Stuck.values().length - 1L)];
        transitions = source.number();
        completeStates = source.number();
        deadEnds = source.number();
        depth = (int) source.number();
        seen = source.number();
        for (int left = source.count(Long.SIZE + Finding.Kind.values().length); left > 0; left--) {
            sightings.add(PendingFinding.readFrom(source));
        }
        store.readFrom(source);
        frontier.readFrom(source);
        pruned = BitSets.read(source);
        closed = BitSets.read(source);
        edges.readFrom(source);
        resumedUpward = source.number() == 1;
        resumedLeft = BitSets.read(source);
        source.end();
        resumed = phase != Phase.VISIT;
        if (store.size() > options.maxStates()) {
            throw new CheckpointException("the checkpoint has " + store.size() + " states already, and at most "
                    + options.maxStates() + " are to be kept; give a higher bound");
        }
    }

    /** Tries whether the steps of this system lead to the states of the checkpoint, of which some, evenly spaced, are looked at. */
    private void tryPaths() {
        system.initial(next);
        store.load(0, current);
        Paths paths = new Paths(system, store, options.pruneOn());
        int stride = Math.max(1, store.size() / TRIALS);
        boolean same = Arrays.equals(current, next);
        for (int state = stride; same && state < store.size(); state += stride) {
            same = paths.leadTo(state);
        }
        if (!same) {
            throw new CheckpointException(
                    "the checkpoint is of another system: no step of this one leads to its states");
        }
    }
}
