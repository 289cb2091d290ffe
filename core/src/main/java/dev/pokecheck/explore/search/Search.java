// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.explore.search.SearchCheckpoint.Phase;
import dev.pokecheck.explore.search.SearchCheckpoint.Position;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.search.SearchResult.Stuck;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.text.TableFullException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches a system: visits its states ({@link Visit}), and when all are visited makes the checks that were asked for.
 *
 * <p>A search says nothing of the incidents after a pruned step or state, and of each kind of finding it reports the first.
 */
public final class Search {
    /** The budget is asked when the transitions have none of these bits. */
    static final long POLL_MASK = (1 << 13) - 1;

    /** What it takes to report after the memory has run out, with whatever classes that loads. */
    private static final int RESERVE_BYTES = 1 << 20;

    private static final BitSet NOTHING = new BitSet();

    private final TransitionSystem system;
    private final SearchOptions options;
    private final StateStore store;
    private final Visit visit;
    private final SearchCheckpoint checkpoint;

    /** Given up when the memory has run out. */
    private final List<byte[]> reserve = new ArrayList<>();

    private Phase phase = Phase.VISIT;
    private Stuck stuck;

    /** Where an earlier search has stopped, until the sweeps that it was in have begun. */
    private Optional<Position> resumed = Optional.empty();

    private FairLoops.@Nullable Loop loop;

    private Search(TransitionSystem system, SearchOptions options, StateStore store, long pollMask) {
        this.system = system;
        this.options = options;
        this.store = store;
        this.visit = new Visit(system, options, store, pollMask);
        this.checkpoint = new SearchCheckpoint(system, options, store, visit);
        this.reserve.add(new byte[RESERVE_BYTES]);
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

    private void resume() {
        checkpoint.resume().ifPresent(position -> {
            phase = position.phase();
            stuck = position.stuck();
            resumed = phase == Phase.VISIT ? Optional.empty() : Optional.of(position);
        });
    }

    private SearchResult run() {
        boolean memoryLeft = true;
        try {
            searchAll();
        } catch (TableFullException e) {
            visit.endWith(End.TABLE_FULL, e.bound());
        } catch (OutOfMemoryError e) {
            reserve.clear();
            memoryLeft = false;
        }
        double bytesPerState = visit.bytes() / (double) Math.max(1, store.size());
        store.seal();
        End early = memoryLeft ? visit.end() : End.OUT_OF_MEMORY;
        options.checkpoints().ended(early != null && early != End.STOPPED_AT_FINDING && early != End.TABLE_FULL);
        return new SearchResult(
                early == null ? End.EXHAUSTED : early,
                visit.reason(),
                store.size(),
                visit.transitions(),
                visit.depth(),
                visit.completeStates(),
                visit.deadEnds(),
                bytesPerState,
                stuck,
                early == null ? sorted() : List.of(),
                explain());
    }

    private void searchAll() {
        if (phase == Phase.VISIT) {
            visit.begin();
            while (visit.run()) {
                standStill(false, NOTHING);
            }
        }
        if (visit.end() == null && options.stuck() && phase != Phase.LIVELOCK) {
            decideStuck();
        }
        if (visit.end() == null && options.livelock()) {
            lookForLivelock();
        }
    }

    private void decideStuck() {
        StuckCheck check = new StuckCheck(visit.edges(), visit.exempt(), store.size());
        boolean upward = resumed.isPresent() && resumed.get().upward();
        phase = Phase.STUCK;
        resumed = Optional.empty();
        sweep(check, upward);
        if (!check.done()) {
            return;
        }
        stuck = check.open() == 0 ? Stuck.NONE : Stuck.FOUND;
        if (stuck == Stuck.FOUND) {
            visit.pendingFindings()
                    .add(new PendingFinding(Finding.Kind.STUCK, 0, check.first(), PendingFinding.NO_ACTION));
        }
    }

    private void lookForLivelock() {
        LoopCheck check = new LoopCheck(visit.edges(), store.size());
        resumed.ifPresent(position -> check.goOn(position.left()));
        phase = Phase.LIVELOCK;
        sweep(check, resumed.isPresent() && resumed.get().upward());
        if (!check.done() || check.open() == 0) {
            return;
        }
        loop = FairLoops.shortest(new LoopGraph(system, store, check.states(), options.pruneOn()));
    }

    private void sweep(Sweeps check, boolean upward) {
        check.begin(upward);
        while (visit.end() == null && !check.done()) {
            visit.poll(check.waiting(), visit.depth());
            if (!visit.isSpent()) {
                check.sweep();
            }
            if (visit.isSpent() || (visit.isSaving() && !check.done())) {
                standStill(check.isUpward(), check.left());
            }
        }
    }

    /** Saves, and ends the search at its budget, from where another can go on. */
    private void standStill(boolean upward, BitSet left) {
        if (visit.isSpent()) {
            visit.endWith(End.INTERRUPTED, visit.reason());
        }
        if (visit.isSaving() || options.checkpoints() != Checkpoints.NONE) {
            visit.saved();
            checkpoint.save(new Position(phase, stuck, upward, left));
        }
    }

    private List<DeadlockClass> sorted() {
        if (options.deadlocks() == StateClasses.NONE) {
            return List.of();
        }
        BitSet closed = new BitSet();
        closed.set(0, store.size());
        return new DeadlockSorter(system, store, options.deadlocks())
                .sort(
                        visit.pruned(),
                        options.stuck() ? visit.exempt() : closed,
                        new Paths(system, store, options.pruneOn()));
    }

    private List<Finding> explain() {
        Paths paths = new Paths(system, store, options.pruneOn());
        List<Finding> findings = new ArrayList<>();
        visit.pendingFindings().forEach(finding -> findings.add(finding.explain(paths)));
        if (loop != null) {
            int[] stem = paths.to(loop.state());
            findings.add(Finding.livelock(loop.behind(stem), new Finding.Loop(stem.length, loop.missed())));
        }
        return findings;
    }
}
