// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import dev.pokecheck.explore.SearchResult.End;
import dev.pokecheck.explore.SearchResult.Stuck;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state of a system that its options do not exclude. The one evaluation loop of the package; it allocates only
 * where the store grows and where something is found.
 *
 * <p>A search says nothing of the incidents behind a pruned step or state, and of each kind of finding it reports the first.
 */
public final class Search {
    /** The budget is asked when the transitions have none of these bits. */
    private static final long POLL_MASK = (1 << 13) - 1;

    /** What it takes to report after the memory has run out, with whatever classes that loads. */
    private static final int RESERVE_BYTES = 1 << 20;

    private final TransitionSystem system;
    private final SearchOptions options;
    private final StateStore store;
    private final Frontier frontier;
    private final ActionList actions = new ActionList();
    private final long[] current;
    private final long[] next;

    /** States that show an incident behind which the search does not look. */
    private final BitSet pruned = new BitSet();

    /** States from which no way to a complete state is asked for, if {@link SearchOptions#stuck}. */
    private final BitSet closed = new BitSet();

    /** The steps that are owed, if a check behind exhaustion asks for them; those that complete something are marked. */
    private final Edges edges = new Edges();

    private final boolean keepEdges;

    /** What was found, in order; a schedule is worked out when the search is over. */
    private final List<Function<Paths, Finding>> sightings = new ArrayList<>();

    /** The incidents among them. */
    private long seen;

    /** Given up when the memory has run out. */
    private final List<byte[]> reserve = new ArrayList<>();

    private @Nullable End end;
    private String reason = "";
    private Stuck stuck;
    private long transitions;
    private long completeStates;
    private long deadEnds;
    private int depth;

    private Search(TransitionSystem system, SearchOptions options, StateStore store) {
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

    /** Searches a system. */
    public static SearchResult run(TransitionSystem system, SearchOptions options) {
        return run(system, options, options.storage().store(system, options.maxStates()));
    }

    /** Searches a system with an empty store, for tests. */
    static SearchResult run(TransitionSystem system, SearchOptions options, StateStore store) {
        return new Search(system, options, store).run();
    }

    private SearchResult run() {
        boolean memoryLeft = true;
        try {
            visitAll();
            if (end == null && options.stuck()) {
                decideStuck();
            }
            if (end == null && options.livelock()) {
                lookForLivelock();
            }
        } catch (OutOfMemoryError e) {
            reserve.clear();
            memoryLeft = false;
        }
        double bytesPerState = bytes() / (double) Math.max(1, store.size());
        store.seal();
        if (!memoryLeft) {
            end = End.OUT_OF_MEMORY;
        }
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
        system.initial(next);
        see(arrive(store.put(next), 0), paths -> paths.to(0));
        while (end == null) {
            int state = frontier.take();
            if (state == Frontier.NONE) {
                return;
            }
            if (!pruned.get(state)) {
                expand(state, frontier.depth());
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
            see(raised, paths -> paths.to(state, action));
        }
        if ((transitions & POLL_MASK) == 0 && end == null) {
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

    private void see(long incidents, Function<Paths, int[]> schedule) {
        for (long fresh = incidents & ~seen; fresh != 0; fresh &= fresh - 1) {
            long incident = Long.lowestOneBit(fresh);
            sightings.add(paths -> Finding.incident(incident, schedule.apply(paths)));
        }
        seen |= incidents;
        if ((incidents & options.stopOn()) != 0) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    private void deadEnd(int state) {
        deadEnds++;
        if (options.deadEnds() != Attention.IGNORE) {
            close(state);
        }
        if (deadEnds == 1 && options.deadEnds() != Attention.IGNORE) {
            sightings.add(paths -> Finding.deadlock(paths.to(state)));
        }
        if (options.deadEnds() == Attention.STOP) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    private void decideStuck() {
        StuckCheck check = new StuckCheck(edges, closed, store.size());
        while (end == null && !check.done()) {
            poll(0, depth);
            if (end == null) {
                check.sweep();
            }
        }
        if (!check.done()) {
            return;
        }
        stuck = check.open() == 0 ? Stuck.NONE : Stuck.FOUND;
        if (stuck == Stuck.FOUND) {
            int first = check.first();
            sightings.add(paths -> Finding.stuck(paths.to(first)));
        }
    }

    private void lookForLivelock() {
        LoopCheck check = new LoopCheck(edges, store.size());
        while (end == null && !check.done()) {
            poll(check.open(), depth);
            if (end == null) {
                check.sweep();
            }
        }
        if (!check.done() || check.open() == 0) {
            return;
        }
        FairLoops.Loop loop = FairLoops.shortest(new LoopGraph(system, store, check.states(), options.pruneOn()));
        if (loop != null) {
            sightings.add(paths -> {
                int[] stem = paths.to(loop.state());
                return Finding.livelock(loop.behind(stem), new Finding.Loop(stem.length, loop.missed()));
            });
        }
    }

    private void poll(long waiting, int atDepth) {
        options.progress().progress(store.size(), transitions, waiting, atDepth);
        String spent = options.budget().spent();
        if (spent != null) {
            end = End.INTERRUPTED;
            reason = spent;
        }
    }

    private long bytes() {
        return store.bytes() + frontier.bytes() + edges.bytes() + (pruned.size() + closed.size()) / Byte.SIZE;
    }

    private List<Finding> explain() {
        Paths paths = new Paths(system, store, options.pruneOn());
        return sightings.stream().map(sighting -> sighting.apply(paths)).toList();
    }
}
