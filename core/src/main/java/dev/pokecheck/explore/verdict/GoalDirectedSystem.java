// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.TransitionSystem;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The machine restarted from a given state; only the target violation and the listed goal states count as findings. Its incidents are the
 * violation, the end of a run by something else, and each of the goal states.
 */
final class GoalDirectedSystem implements TransitionSystem {
    /** The violation. */
    static final long VIOLATION = 1;

    /** Something after which runs are not followed. */
    static final long END = 2;

    /** The most states that can be told apart. */
    static final int MAX_GOALS = 61;

    private static final int FIRST_GOAL = 2;

    private final Machine machine;
    private final Target target;
    private final long[] start;
    private final TreeMap<long[], Integer> goals = new TreeMap<>(Arrays::compare);
    private final ActionList scratch = new ActionList();
    private final long[] before;

    /**
     * A machine from a state on.
     *
     * @param goals states to look for, at most {@link #MAX_GOALS}
     */
    GoalDirectedSystem(Machine machine, Target target, long[] start, List<long[]> goals) {
        this.machine = machine;
        this.target = target;
        this.start = start.clone();
        before = new long[start.length];
        for (int i = 0; i < goals.size(); i++) {
            this.goals.put(goals.get(i), FIRST_GOAL + i);
        }
    }

    /** The number of the goal that an incident stands for. */
    static int goal(long incident) {
        return Long.numberOfTrailingZeros(incident) - FIRST_GOAL;
    }

    @Override
    public void initial(long[] state) {
        System.arraycopy(start, 0, state, 0, start.length);
    }

    @Override
    public long apply(long[] state, int action) {
        System.arraycopy(state, 0, before, 0, before.length);
        long raised = machine.apply(state, action) | machine.inspect(state);
        if (raised == 0) {
            return 0;
        }
        if (target.isShownBy(machine, before, action, raised)) {
            return VIOLATION;
        }
        return target.isEnd(machine, raised) ? END : 0;
    }

    @Override
    public long inspect(long[] state) {
        Integer goal = goals.isEmpty() ? null : goals.get(state);
        return (goal == null ? 0 : 1L << goal) | (target.isDeadlockOf(machine, state, scratch) ? VIOLATION : 0);
    }

    @Override
    public boolean complete(long[] state) {
        return machine.complete(state);
    }

    @Override
    public void enabled(long[] state, ActionList actions) {
        machine.enabled(state, actions);
    }

    @Override
    public int words() {
        return machine.words();
    }

    @Override
    public int[] partStarts() {
        return machine.partStarts();
    }

    @Override
    public int agent(int action) {
        return machine.agent(action);
    }

    @Override
    public int agents() {
        return machine.agents();
    }

    @Override
    public boolean spontaneous(int action) {
        return machine.spontaneous(action);
    }

    @Override
    public String describe(long[] state, int action) {
        return machine.describe(state, action);
    }
}
