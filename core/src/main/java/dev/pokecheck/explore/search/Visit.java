// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state of a system that the options of a search do not exclude. The one evaluation loop of the package; it allocates only
 * where the store grows and where something is found.
 */
final class Visit {
    private final TransitionSystem system;
    private final SearchOptions options;
    private final StateStore store;
    private final long pollMask;
    private final Frontier frontier;
    private final ActionList actions = new ActionList();
    private final long[] current;
    private final long[] next;

    /** States that show an incident after which the search does not look. */
    private BitSet pruned = new BitSet();

    /** States from which no way to a complete state is asked for, if {@link SearchOptions#stuck}. */
    private BitSet exempt = new BitSet();

    /** The steps that are owed, if a check after exhaustion asks for them; those that complete something are marked. */
    private final Edges edges = new Edges();

    private final boolean keepEdges;

    /** What was found, in order, but for the livelock. */
    private final List<PendingFinding> pendingFindings = new ArrayList<>();

    /** The incidents among them. */
    private long seen;

    private @Nullable End end;
    private String reason = "";
    private boolean spent;

    /** Whether to save before anything else is done. */
    private boolean saving;

    private long transitions;
    private long completeStates;
    private long deadEnds;
    private int depth;

    /** A visit of a system with an empty store, that polls when the transitions have none of some bits. */
    Visit(TransitionSystem system, SearchOptions options, StateStore store, long pollMask) {
        this.system = system;
        this.options = options;
        this.store = store;
        this.pollMask = pollMask;
        this.frontier = options.order().frontier();
        this.current = new long[system.words()];
        this.next = new long[system.words()];
        this.keepEdges = options.stuck() || options.livelock();
    }

    /** Takes the initial state in, unless an earlier search has. */
    void begin() {
        if (store.size() == 0) {
            system.initial(next);
            report(admit(store.put(next), 0), 0, PendingFinding.NO_ACTION);
        }
    }

    /**
     * Expands states until none waits, the search has ended, or it is to stand still: because it is time to save, or because the budget is spent.
     *
     * @return whether it stands still
     */
    boolean run() {
        while (end == null) {
            if (spent || saving) {
                return true;
            }
            int state = frontier.take();
            if (state == Frontier.NONE) {
                return false;
            }
            if (!pruned.get(state)) {
                expand(state, frontier.depth());
            }
        }
        return false;
    }

    private void expand(int state, int depth) {
        store.load(state, current);
        system.enabled(current, actions);
        if (system.isDeadEnd(current, actions)) {
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
            exemptFromStuckCheck(state);
        } else {
            int child = store.put(next);
            if (child >= 0) {
                raised |= admit(child, depth + 1);
            }
            if (child == StateStore.FULL) {
                end = End.STATE_BOUND;
            } else if (keepEdges && !system.spontaneous(action)) {
                edges.add(child >= 0 ? child : ~child, progressed);
            }
        }
        if ((raised & ~seen) != 0) {
            report(raised, state, action);
        }
        if ((transitions & pollMask) == 0 && end == null) {
            poll(frontier.size(), depth);
        }
    }

    private void exemptFromStuckCheck(int state) {
        if (options.stuck()) {
            exempt.set(state);
        }
    }

    /** Takes in a new state, whose words are in {@link #next}; returns the incidents it shows. */
    private long admit(int state, int atDepth) {
        long shown = system.inspect(next);
        if ((shown & options.pruneOn()) != 0) {
            pruned.set(state);
            exemptFromStuckCheck(state);
        }
        if (system.complete(next)) {
            completeStates++;
            exemptFromStuckCheck(state);
        }
        depth = Math.max(depth, atDepth);
        frontier.add(state, atDepth);
        return shown;
    }

    private void report(long incidents, int state, int action) {
        for (long fresh = incidents & ~seen; fresh != 0; fresh &= fresh - 1) {
            pendingFindings.add(new PendingFinding(Finding.Kind.INCIDENT, Long.lowestOneBit(fresh), state, action));
        }
        seen |= incidents;
        if ((incidents & options.stopOn()) != 0) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    private void deadEnd(int state) {
        deadEnds++;
        if (options.deadEnds() != DeadEndPolicy.IGNORE) {
            exemptFromStuckCheck(state);
        }
        if (deadEnds == 1 && options.deadEnds() != DeadEndPolicy.IGNORE) {
            pendingFindings.add(new PendingFinding(Finding.Kind.DEADLOCK, 0, state, PendingFinding.NO_ACTION));
        }
        if (options.deadEnds() == DeadEndPolicy.STOP) {
            end = End.STOPPED_AT_FINDING;
        }
    }

    /** Tells how far the search is, and asks whether it is to stand still. */
    void poll(long waiting, int atDepth) {
        options.progress().progress(store.size(), transitions, waiting, atDepth);
        saving |= options.checkpoints().due();
        String bound = options.budget().spent();
        if (bound != null) {
            spent = true;
            reason = bound;
        }
    }

    /** Whether the budget is spent. */
    boolean isSpent() {
        return spent;
    }

    /** Whether it is time to save. */
    boolean isSaving() {
        return saving;
    }

    /** Goes on after saving. */
    void saved() {
        saving = false;
    }

    /** Ends the search for a reason that expanding states does not know. */
    void endWith(End how, String why) {
        end = how;
        reason = why;
    }

    // ---- what has come of it

    /** Why the search has ended, if it was not for want of states. */
    @Nullable
    End end() {
        return end;
    }

    /** What the budget gave as its reason, or the bound that ended the search. */
    String reason() {
        return reason;
    }

    long transitions() {
        return transitions;
    }

    long completeStates() {
        return completeStates;
    }

    long deadEnds() {
        return deadEnds;
    }

    int depth() {
        return depth;
    }

    List<PendingFinding> pendingFindings() {
        return pendingFindings;
    }

    /** The steps that are owed, if they were asked for. */
    Edges edges() {
        return edges;
    }

    /** The states from which no way to a complete state is asked for; a check for stuck states adds more. */
    BitSet exempt() {
        return exempt;
    }

    /** The states that were not expanded. */
    BitSet pruned() {
        return pruned;
    }

    /** What all arrays occupy. */
    long bytes() {
        return store.bytes() + frontier.bytes() + edges.bytes() + (pruned.size() + exempt.size()) / Byte.SIZE;
    }

    /** Writes the situation between two expansions. */
    void writeTo(CheckpointOutput sink) {
        sink.number(transitions);
        sink.number(completeStates);
        sink.number(deadEnds);
        sink.number(depth);
        sink.number(seen);
        sink.number(pendingFindings.size());
        pendingFindings.forEach(finding -> finding.writeTo(sink));
        store.writeTo(sink);
        frontier.writeTo(sink);
        BitSets.write(pruned, sink);
        BitSets.write(exempt, sink);
        edges.writeTo(sink);
    }

    /** Goes on from the situation of another visit; nothing may have been visited yet. */
    void readFrom(CheckpointInput source) {
        transitions = source.number();
        completeStates = source.number();
        deadEnds = source.number();
        depth = (int) source.number();
        seen = source.number();
        for (int left = source.count(Long.SIZE + Finding.Kind.values().length); left > 0; left--) {
            pendingFindings.add(PendingFinding.readFrom(source));
        }
        store.readFrom(source);
        frontier.readFrom(source);
        pruned = BitSets.read(source);
        exempt = BitSets.read(source);
        edges.readFrom(source);
    }
}
