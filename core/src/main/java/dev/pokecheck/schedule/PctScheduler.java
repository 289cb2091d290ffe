// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;

/**
 * Priorities with a few random changes: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, <em>A randomized scheduler
 * with probabilistic guarantees of finding bugs</em>, ASPLOS 2010.
 *
 * <p>Agents get random priorities, and the one with the highest that can move does. At each of {@code depth - 1} random steps
 * the agent that has just moved falls below all others. A bug that needs {@code depth} ordering constraints is found in one run
 * with probability of at least 1 / (n · k<sup>depth-1</sup>), for n agents and runs of at most k steps.
 *
 * <p>It departs from the paper in one point: an agent may have several enabled actions (what a fetch sees, an interrupt that
 * may land), of which one is drawn with equal chances. The guarantee holds for systems in which an agent has one at a time;
 * otherwise it is to be multiplied by the probability of the draws that the bug needs.
 */
public final class PctScheduler implements Scheduler {
    private final TransitionSystem system;
    private final long seed;
    private final int maxSteps;
    private final RandomNumbers random = new RandomNumbers();
    /** The steps after which the agent that moved falls; those of one run, in no order. */
    private final int[] changes;
    /** By agent. All distinct: {@code depth} and more at the start, {@code depth - 1 - i} after the i-th change. */
    private final int[] priorities;

    private int step;

    /**
     * A scheduler for bugs of a depth.
     *
     * @param depth the number of ordering constraints, at least 1
     * @param maxSteps the most steps of a run, at least 1; later steps are never followed by a change
     */
    public PctScheduler(TransitionSystem system, long seed, int depth, int maxSteps) {
        if (depth < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("depth and maxSteps must be positive, not " + depth + ", " + maxSteps);
        }
        this.system = system;
        this.seed = seed;
        this.maxSteps = maxSteps;
        this.changes = new int[depth - 1];
        this.priorities = new int[system.agents()];
    }

    @Override
    public void start(long run) {
        random.seed(seed, run);
        step = 0;
        for (int agent = 0; agent < priorities.length; agent++) {
            int other = random.below(agent + 1);
            priorities[agent] = priorities[other];
            priorities[other] = changes.length + 1 + agent;
        }
        for (int i = 0; i < changes.length; i++) {
            changes[i] = 1 + random.below(maxSteps);
        }
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        int pick = 0;
        int ties = 0;
        for (int i = 0; i < enabled.size(); i++) {
            int lead = priority(enabled, i) - priority(enabled, pick);
            if (lead > 0) {
                ties = 0;
            }
            if (lead >= 0 && random.below(++ties) == 0) {
                pick = i;
            }
        }
        step++;
        for (int i = 0; i < changes.length; i++) {
            if (changes[i] == step) {
                priorities[system.agent(enabled.get(pick))] = changes.length - i;
            }
        }
        return pick;
    }

    private int priority(ActionList enabled, int index) {
        return priorities[system.agent(enabled.get(index))];
    }
}
