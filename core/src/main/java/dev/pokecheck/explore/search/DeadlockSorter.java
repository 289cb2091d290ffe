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
    private final Map<String, Integer> firsts = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final BitSet stuckFirsts = new BitSet();

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
            if (!closed.get(number)) {
                stuckFirsts.set(number, add(number));
            } else if (!pruned.get(number) && isDeadEnd(number)) {
                add(number);
            }
        }
        List<DeadlockClass> sorted = new ArrayList<>();
        firsts.forEach((name, first) -> {
            int[] schedule = paths.to(first);
            Finding finding = stuckFirsts.get(first) ? Finding.stuck(schedule) : Finding.deadlock(schedule);
            sorted.add(new DeadlockClass(name, counts.getOrDefault(name, 0L), finding));
        });
        return sorted;
    }

    private boolean isDeadEnd(int number) {
        store.load(number, state);
        system.enabled(state, actions);
        return system.nothingOwed(actions) && !system.complete(state);
    }

    /** Counts a state; returns whether it is the first of its sort. */
    private boolean add(int number) {
        store.load(number, state);
        String name = classes.of(state);
        if (name.isEmpty()) {
            return false;
        }
        counts.merge(name, 1L, Long::sum);
        return firsts.putIfAbsent(name, number) == null;
    }
}
