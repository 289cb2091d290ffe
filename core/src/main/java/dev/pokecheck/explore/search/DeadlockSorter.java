// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Goes once more over the states of an exhausted search, and sorts those from which nothing can be completed any more. */
final class DeadlockSorter {
    private final TransitionSystem system;
    private final StateStore store;
    private final StateClasses classes;
    private final ActionList actions = new ActionList();
    private final long[] state;
    private final Map<String, Sort> sorts = new LinkedHashMap<>();

    /** How many states are of a sort, and which was the first: one where nothing moves, or one that is stuck. */
    private record Sort(int first, boolean stuck, long states) {
        Sort andOneMore() {
            return new Sort(first, stuck, states + 1);
        }
    }

    DeadlockSorter(TransitionSystem system, StateStore store, StateClasses classes) {
        this.system = system;
        this.store = store;
        this.classes = classes;
        state = new long[system.words()];
    }

    /**
     * Sorts them.
     *
     * @param pruned states that were not expanded
     * @param closed states from which a complete one can be reached, or of which another finding speaks; all others are stuck
     */
    List<DeadlockClass> sort(BitSet pruned, BitSet closed, Paths paths) {
        for (int number = 0; number < store.size(); number++) {
            store.load(number, state);
            if (!closed.get(number)) {
                add(number, true);
            } else if (!pruned.get(number) && isDeadEnd()) {
                add(number, false);
            }
        }
        List<DeadlockClass> sorted = new ArrayList<>();
        sorts.forEach((name, sort) -> {
            int[] schedule = paths.to(sort.first());
            Finding finding = sort.stuck() ? Finding.stuck(schedule) : Finding.deadlock(schedule);
            sorted.add(new DeadlockClass(name, sort.states(), finding));
        });
        return sorted;
    }

    private boolean isDeadEnd() {
        system.enabled(state, actions);
        return system.isDeadEnd(state, actions);
    }

    private void add(int number, boolean stuck) {
        String name = classes.of(state);
        if (!name.isEmpty()) {
            sorts.merge(name, new Sort(number, stuck, 1), (known, one) -> known.andOneMore());
        }
    }
}
