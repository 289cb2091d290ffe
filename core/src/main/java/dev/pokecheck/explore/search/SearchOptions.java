// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.explore.store.Storage;
import java.util.function.Consumer;

/**
 * What to search for and how.
 *
 * <p>Incidents of a system are bits, and a search treats them in one of three ways. A bit of {@code stopOn} ends the search
 * when it first occurs. A bit of {@code pruneOn} is reported when it first occurs, and the search goes on elsewhere: a step that
 * raises it is not taken, a state that shows it is not expanded. Any other bit is reported when it first occurs and has no
 * effect. Bits of {@code stopOn} are always bits of {@code pruneOn}, so that what is explored does not depend on where a search
 * ends.
 *
 * @param order which state is expanded next
 * @param storage how visited states are kept
 * @param stopOn incidents that end the search
 * @param pruneOn incidents that the search does not look behind
 * @param deadEnds what to do about states that enable nothing and are not complete
 * @param stuck whether to look, after exhaustion, for states from which no complete state can be reached
 * @param livelock whether to look, after exhaustion, for fair loops that complete nothing
 * @param maxStates how many distinct states to keep at most
 * @param budget asked every few thousand transitions whether to go on
 * @param progress told at the same points how far the search is
 * @param checkpoints where the search leaves what it takes to go on later, and what it goes on from
 * @param deadlocks sorts the dead ends and stuck states, if all of them are asked for, after exhaustion
 */
public record SearchOptions(
        Order order,
        Storage storage,
        long stopOn,
        long pruneOn,
        DeadEndPolicy deadEnds,
        boolean stuck,
        boolean livelock,
        int maxStates,
        Budget budget,
        ProgressListener progress,
        Checkpoints checkpoints,
        StateClasses deadlocks) {

    /** The greatest possible {@link #maxStates}. */
    public static final int UNBOUNDED = StateStore.MAX_STATES;

    public SearchOptions {
        pruneOn |= stopOn;
        if (maxStates < 1 || maxStates > UNBOUNDED) {
            throw new IllegalArgumentException("maxStates must be in 1.." + UNBOUNDED + ", not " + maxStates);
        }
    }

    /** Breadth first, collapsed, without bounds; reports every incident and the first dead end, and stops at none. */
    public static SearchOptions defaults() {
        return new SearchOptions(
                Order.BREADTH_FIRST,
                Storage.COLLAPSED,
                0,
                0,
                DeadEndPolicy.RECORD,
                false,
                false,
                UNBOUNDED,
                Budget.UNLIMITED,
                ProgressListener.NONE,
                Checkpoints.NONE,
                StateClasses.NONE);
    }

    public SearchOptions order(Order value) {
        return with(draft -> draft.order = value);
    }

    public SearchOptions storage(Storage value) {
        return with(draft -> draft.storage = value);
    }

    /** Replaces the incidents that end the search, and adds them to those it does not look behind. */
    public SearchOptions stopOn(long incidents) {
        return with(draft -> draft.stopOn = incidents);
    }

    /** Replaces the incidents that the search does not look behind; those that end it stay among them. */
    public SearchOptions pruneOn(long incidents) {
        return with(draft -> draft.pruneOn = incidents);
    }

    public SearchOptions deadEnds(DeadEndPolicy value) {
        return with(draft -> draft.deadEnds = value);
    }

    public SearchOptions stuck(boolean value) {
        return with(draft -> draft.stuck = value);
    }

    public SearchOptions livelock(boolean value) {
        return with(draft -> draft.livelock = value);
    }

    public SearchOptions maxStates(int value) {
        return with(draft -> draft.maxStates = value);
    }

    public SearchOptions budget(Budget value) {
        return with(draft -> draft.budget = value);
    }

    public SearchOptions progress(ProgressListener value) {
        return with(draft -> draft.progress = value);
    }

    public SearchOptions checkpoints(Checkpoints value) {
        return with(draft -> draft.checkpoints = value);
    }

    /** Sorting all dead ends, and stuck states if they are looked for. */
    public SearchOptions deadlocks(StateClasses value) {
        return with(draft -> draft.deadlocks = value);
    }

    private SearchOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The parts of other options while one of them is changed. */
    private static final class Draft {
        private Order order;
        private Storage storage;
        private long stopOn;
        private long pruneOn;
        private DeadEndPolicy deadEnds;
        private boolean stuck;
        private boolean livelock;
        private int maxStates;
        private Budget budget;
        private ProgressListener progress;
        private Checkpoints checkpoints;
        private StateClasses deadlocks;

        Draft(SearchOptions from) {
            order = from.order;
            storage = from.storage;
            stopOn = from.stopOn;
            pruneOn = from.pruneOn;
            deadEnds = from.deadEnds;
            stuck = from.stuck;
            livelock = from.livelock;
            maxStates = from.maxStates;
            budget = from.budget;
            progress = from.progress;
            checkpoints = from.checkpoints;
            deadlocks = from.deadlocks;
        }

        SearchOptions options() {
            return new SearchOptions(
                    order,
                    storage,
                    stopOn,
                    pruneOn,
                    deadEnds,
                    stuck,
                    livelock,
                    maxStates,
                    budget,
                    progress,
                    checkpoints,
                    deadlocks);
        }
    }
}
