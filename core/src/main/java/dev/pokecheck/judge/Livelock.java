// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges a loop without any search: whether the end of a schedule can be repeated for ever, completes nothing, and is fair. What a search or
 * a file says is a livelock has to pass here.
 */
public final class Livelock {
    private final TransitionSystem system;
    private final ActionList enabled = new ActionList();
    private long somewhere;
    private long everywhere = -1L;
    private long done;

    private Livelock(TransitionSystem system) {
        this.system = system;
    }

    /**
     * What keeps the end of a schedule from being a livelock, as a clause; empty if it is one.
     *
     * @param schedule actions from the initial state on, each enabled in its turn
     * @param from how many of them lead to the loop; the others are the loop
     */
    public static Optional<String> objection(TransitionSystem system, int[] schedule, int from) {
        if (from < 0 || from >= schedule.length) {
            return Optional.of("no step is left for the loop");
        }
        return new Livelock(system).judge(schedule, from);
    }

    /**
     * Where the longest livelock begins that a schedule ends with.
     *
     * @param schedule actions from the initial state on, each enabled in its turn
     * @return how many of them lead to the loop; empty if the schedule ends with none
     */
    public static OptionalInt start(TransitionSystem system, int[] schedule) {
        long[] state = new long[system.words()];
        system.initial(state);
        List<long[]> states = new ArrayList<>();
        for (int action : schedule) {
            states.add(state.clone());
            system.apply(state, action);
        }
        for (int from = 0; from < schedule.length; from++) {
            if (Arrays.equals(states.get(from), state)
                    && objection(system, schedule, from).isEmpty()) {
                return OptionalInt.of(from);
            }
        }
        return OptionalInt.empty();
    }

    private Optional<String> judge(int[] schedule, int from) {
        long[] state = new long[system.words()];
        system.initial(state);
        for (int i = 0; i < from; i++) {
            system.apply(state, schedule[i]);
        }
        long[] start = state.clone();
        for (int i = from; i < schedule.length; i++) {
            int duty = system.duty(state, schedule[i]);
            String name = "step " + (i + 1) + " (" + system.describe(state, schedule[i]) + ")";
            if (duty == TransitionSystem.NO_DUTY) {
                return Optional.of(name + " of the loop is one that nobody owes");
            }
            look(state);
            done |= 1L << duty;
            system.apply(state, schedule[i]);
            if (system.progressed()) {
                return Optional.of(name + " of the loop completes an execution, a patch call or the round of a thread");
            }
        }
        if (!Arrays.equals(state, start)) {
            return Optional.of("the loop does not close: the state behind step " + schedule.length
                    + " is not the one before step " + (from + 1));
        }
        return unfair(state);
    }

    private void look(long[] state) {
        long here = 0;
        system.enabled(state, enabled);
        for (int i = 0; i < enabled.size(); i++) {
            int duty = system.duty(state, enabled.get(i));
            here |= duty == TransitionSystem.NO_DUTY ? 0 : 1L << duty;
        }
        somewhere |= here;
        everywhere &= here;
    }

    /** The first action, at the loop's beginning, that the loop is unfair to; or, if it is none of these, that there is one. */
    private Optional<String> unfair(long[] state) {
        long left = (everywhere | (somewhere & system.promptDuties())) & ~done;
        if (left == 0) {
            return Optional.empty();
        }
        system.enabled(state, enabled);
        for (int i = 0; i < enabled.size(); i++) {
            int duty = system.duty(state, enabled.get(i));
            if (duty != TransitionSystem.NO_DUTY && (left >>> duty & 1) != 0) {
                return Optional.of("the loop is not fair: it puts off \"" + system.describe(state, enabled.get(i))
                        + "\" for ever");
            }
        }
        return Optional.of("the loop is not fair: it puts off for ever what is delivered as soon as it can be");
    }
}
