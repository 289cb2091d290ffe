// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Property;
import dev.pokecheck.text.TableFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries what would make one schedule pass. */
final class Swaps {
    private static final int MAX_ATTEMPTS = 2000;

    /** Far more than any shipped protocol takes to finish, and few enough to try often. */
    private static final int MAX_STEPS = 3000;

    private static final int NOTHING = -1;

    private final Machine machine;
    private final int[] schedule;
    private final List<String> names;
    private final long forbidden;
    private final Completion completion;
    private final ActionList enabled = new ActionList();
    private final long[] state;
    private final List<String> taken = new ArrayList<>();
    private int attempts;
    private @Nullable CriticalSwap best;
    /** How far the two steps are apart, and how many others were left out. */
    private int bestCost = Integer.MAX_VALUE;
    /** Whether the present attempt has violated something. */
    private boolean failed;

    Swaps(Machine machine, int[] schedule, List<String> names, Property property) {
        this.machine = machine;
        this.schedule = schedule;
        this.names = names;
        completion = new Completion(machine);
        state = new long[machine.words()];
        forbidden = property.bits() | machine.scenario().fatal();
    }

    Optional<CriticalSwap> nearest() {
        for (int distance = 1; distance < Math.min(schedule.length, bestCost); distance++) {
            for (int j = schedule.length - 1; j >= distance; j--) {
                order(j - distance, j);
            }
        }
        return best == null ? choice() : Optional.of(best);
    }

    private int cpu(int i) {
        return ActionKind.cpu(schedule[i]);
    }

    /** Tries step j before step i, and step i behind step j. */
    private void order(int i, int j) {
        if (cpu(i) != cpu(j)) {
            order(i, j, j, j + 1, i);
            if (j > i + 1) {
                order(i, j, i, i + 1, j + 1);
            }
        } else if (Delivery.is(schedule[j])) {
            // An interrupt comes when it likes: all of it is moved.
            order(i, j, j, Delivery.end(schedule, names, j), i);
        }
    }

    /** Tries steps i and j in the other order, with a block of steps moved to a place. */
    private void order(int i, int j, int from, int to, int place) {
        if (attempts >= MAX_ATTEMPTS) {
            return;
        }
        try {
            reorder(i, j, from, to, place);
        } catch (TableFullException e) {
            // Whether it passes cannot be told: the next order is tried.
            failed = true;
        }
    }

    private void reorder(int i, int j, int from, int to, int place) {
        begin();
        String[] as = {"", ""};
        int cost = j - i;
        for (int k = 0; k <= schedule.length && !failed && cost < bestCost; k++) {
            if (k == place) {
                long interrupted = machine.contexts(state, cpu(from));
                for (int m = from; m < to; m++) {
                    cost += take(m, i, j, as);
                }
                if (Delivery.is(schedule[from])) {
                    goBackTo(interrupted, cpu(from));
                }
            }
            if (k < schedule.length && (k < from || k >= to)) {
                cost += take(k, i, j, as);
            }
        }
        if (cost < bestCost && !as[0].isEmpty() && !as[1].isEmpty() && completes()) {
            String moved = place == i ? as[1] : as[0];
            best = new CriticalSwap(CriticalSwap.Kind.ORDER, i + 1, names.get(i), j + 1, names.get(j), moved, taken);
            bestCost = cost;
        }
    }

    /** Takes step k, if it is possible; returns 1 if it is not. The names under which i and j are taken are kept. */
    private int take(int k, int i, int j, String[] as) {
        String name = take(k, k >= Math.min(i, j));
        if (k == i || k == j) {
            as[k == i ? 0 : 1] = name;
        }
        return name.isEmpty() ? 1 : 0;
    }

    /** Goes on with a CPU until its stack of contexts is as it was, or it has to wait for others. */
    private void goBackTo(long contexts, int cpu) {
        for (int i = 0; i < MAX_STEPS && !failed && machine.contexts(state, cpu) != contexts; i++) {
            int action = completion.nextOf(state, cpu);
            if (action == NOTHING) {
                return;
            }
            apply(action);
        }
    }

    private Optional<CriticalSwap> choice() {
        for (int k = schedule.length - 1; k >= 0; k--) {
            if (ActionKind.of(schedule[k]) != ActionKind.FETCH) {
                continue;
            }
            for (int other : otherFetches(k)) {
                String instead = passing(k, other);
                if (!instead.isEmpty()) {
                    return Optional.of(new CriticalSwap(
                            CriticalSwap.Kind.CHOICE, k + 1, names.get(k), k + 1, names.get(k), instead, taken));
                }
            }
        }
        return Optional.empty();
    }

    /** The name of another action for step k, with which the schedule passes; empty if it does not, or if that cannot be told. */
    private String passing(int k, int other) {
        try {
            beginWith(k);
            String instead = apply(other);
            for (int i = k + 1; i < schedule.length && !failed; i++) {
                take(i, false);
            }
            return completes() ? instead : "";
        } catch (TableFullException e) {
            return "";
        }
    }

    private List<Integer> otherFetches(int number) {
        beginWith(number);
        machine.enabled(state, enabled);
        List<Integer> others = new ArrayList<>();
        for (int e = 0; e < enabled.size(); e++) {
            int action = enabled.get(e);
            if (action != schedule[number] && isSameFetch(schedule[number], action)) {
                others.add(action);
            }
        }
        return others;
    }

    private void beginWith(int steps) {
        begin();
        for (int i = 0; i < steps; i++) {
            take(i, false);
        }
    }

    private void begin() {
        attempts++;
        machine.initial(state);
        taken.clear();
        failed = false;
    }

    /**
     * Takes a step of the schedule if it is enabled.
     *
     * @param loosely whether a fetch may see other bytes: then those in memory
     * @return the name under which it was taken; empty if it was not
     */
    private String take(int number, boolean loosely) {
        if (failed) {
            return "";
        }
        machine.enabled(state, enabled);
        int pick = NOTHING;
        for (int e = 0; e < enabled.size(); e++) {
            int action = enabled.get(e);
            if (action == schedule[number] && machine.describe(state, action).equals(names.get(number))) {
                return apply(action);
            }
            if (loosely && isSameFetch(schedule[number], action) && machine.fetchesPresent(state, action)) {
                pick = action;
            }
        }
        return pick == NOTHING || !place(machine.describe(state, pick)).equals(place(names.get(number)))
                ? ""
                : apply(pick);
    }

    private static boolean isSameFetch(int one, int other) {
        return ActionKind.of(one) == ActionKind.FETCH
                && ActionKind.of(other) == ActionKind.FETCH
                && ActionKind.cpu(one) == ActionKind.cpu(other);
    }

    /** The CPU, the context and the place that a fetch names. */
    private static String place(String name) {
        int bytes = name.indexOf('[');
        return bytes < 0 ? name : name.substring(0, bytes);
    }

    private String apply(int action) {
        String name = machine.describe(state, action);
        taken.add(name);
        failed = ((machine.apply(state, action) | machine.inspect(state)) & forbidden) != 0;
        return name;
    }

    private boolean completes() {
        int last = schedule.length == 0 ? 0 : ActionKind.cpu(schedule[schedule.length - 1]);
        for (int i = 0; i < MAX_STEPS && !failed; i++) {
            if (machine.complete(state)) {
                return true;
            }
            int action = completion.next(state, last);
            if (action == NOTHING) {
                return false;
            }
            last = ActionKind.cpu(action);
            apply(action);
        }
        return false;
    }
}
