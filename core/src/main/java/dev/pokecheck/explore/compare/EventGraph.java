// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import dev.pokecheck.explore.store.IntRow;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.text.TableFullException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All states of a system and the steps between them, each with at most one {@link TransitionSystem#event}; a step that adds several events goes
 * through states that stand between them.
 */
final class EventGraph {
    /** The label of a step that adds nothing to the history. */
    static final int INVISIBLE = 0;

    private final TransitionSystem system;
    private final long pruneOn;
    private final IntRow first = new IntRow();
    private final IntRow targets = new IntRow();
    private final IntRow labels = new IntRow();
    /** The label of each event, from 1. */
    private final TreeMap<Long, Integer> events = new TreeMap<>();
    /** The state from which certain events, and nothing else, lead to a certain state: the labels, then the state. */
    private final TreeMap<int[], Integer> between = new TreeMap<>(Arrays::compare);
    /** For each step with several events, itself. */
    private final IntRow chained = new IntRow();
    /** For each of them, how many labels follow, these labels, and where they lead. */
    private final IntRow chains = new IntRow();

    private EventGraph(TransitionSystem system, long pruneOn) {
        this.system = system;
        this.pruneOn = pruneOn;
    }

    /**
     * The graph of a system.
     *
     * @param pruneOn incidents behind which nothing counts; steps that raise them are left out
     * @return empty if there are more states than allowed, or than a table of the system has room for
     */
    static Optional<EventGraph> of(TransitionSystem system, long pruneOn, int maxStates) {
        EventGraph graph = new EventGraph(system, pruneOn);
        try {
            return graph.visit(Storage.COLLAPSED.store(system, maxStates)) ? Optional.of(graph) : Optional.empty();
        } catch (TableFullException e) {
            return Optional.empty();
        }
    }

    private boolean visit(StateStore store) {
        long[] current = new long[system.words()];
        long[] next = new long[system.words()];
        ActionList actions = new ActionList();
        system.initial(next);
        store.put(next);
        for (int state = 0; state < store.size(); state++) {
            first.add(targets.size());
            store.load(state, current);
            system.enabled(current, actions);
            for (int i = 0; i < actions.size(); i++) {
                System.arraycopy(current, 0, next, 0, current.length);
                if ((system.apply(next, actions.get(i)) & pruneOn) == 0) {
                    int put = store.put(next);
                    if (put == StateStore.FULL) {
                        return false;
                    }
                    step(put >= 0 ? put : ~put);
                }
            }
        }
        first.add(targets.size());
        for (int at = 0, chain = 0; at < chained.size(); at++) {
            int length = chains.get(chain);
            int[] rest = new int[length + 1];
            for (int i = 0; i <= length; i++) {
                rest[i] = chains.get(chain + 1 + i);
            }
            targets.set(chained.get(at), behind(rest));
            chain += length + 2;
        }
        return true;
    }

    private void step(int target) {
        int count = system.events();
        labels.add(count == 0 ? INVISIBLE : label(system.event(0)));
        if (count > 1) {
            chained.add(targets.size());
            chains.add(count - 1);
            for (int i = 1; i < count; i++) {
                chains.add(label(system.event(i)));
            }
            chains.add(target);
        }
        targets.add(target);
    }

    private int label(long event) {
        return events.computeIfAbsent(event, unknown -> events.size() + 1);
    }

    private int behind(int[] rest) {
        if (rest.length == 1) {
            return rest[0];
        }
        Integer known = between.get(rest);
        if (known != null) {
            return known;
        }
        int target = behind(Arrays.copyOfRange(rest, 1, rest.length));
        int state = first.size() - 1;
        targets.add(target);
        labels.add(rest[0]);
        first.add(targets.size());
        between.put(rest, state);
        return state;
    }

    /** The number of states, with those in between. The first is the initial one. */
    int states() {
        return first.size() - 1;
    }

    /** The first step of a state; its last is before the first of the next state. */
    int first(int state) {
        return first.get(state);
    }

    int target(int step) {
        return targets.get(step);
    }

    int label(int step) {
        return labels.get(step);
    }

    /** All events that occur, ascending, with their labels. */
    SortedMap<Long, Integer> events() {
        return events;
    }
}
