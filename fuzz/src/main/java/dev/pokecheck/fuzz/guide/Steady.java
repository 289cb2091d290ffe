// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.RandomNumbers;
import dev.pokecheck.schedule.Scheduler;

/**
 * Goes on with the agent that moved last, unless it cannot move, and changes agents and takes interrupts now and then; how often is drawn for each run. Where every
 * enabled action is as likely as any other, interrupts have landed long before the step at which they would matter.
 */
final class Steady implements Scheduler {
    /** The chance of a change, and that of an interrupt, is one in 2 to the power of 0..5. */
    private static final int RARITIES = 6;

    private final TransitionSystem system;
    private final long seed;
    private final RandomNumbers random = new RandomNumbers();
    private int agent;
    private int change;
    private int interrupt;

    Steady(TransitionSystem system, long seed) {
        this.system = system;
        this.seed = seed;
    }

    @Override
    public void start(long run) {
        random.seed(seed, run);
        agent = random.below(system.agents());
        change = 1 << random.below(RARITIES);
        interrupt = 2 << random.below(RARITIES);
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        boolean interrupts = random.below(interrupt) == 0;
        if (!interrupts && random.below(change) != 0) {
            int pick = draw(enabled, false, true);
            if (pick != END) {
                return pick;
            }
        }
        int pick = draw(enabled, interrupts, false);
        if (pick == END) {
            pick = draw(enabled, !interrupts, false);
        }
        agent = system.agent(enabled.get(pick));
        return pick;
    }

    /** One of the actions that are, or are not, spontaneous, of the present agent or of all, with equal chances; END if there is none. */
    private int draw(ActionList enabled, boolean spontaneous, boolean ofAgent) {
        int pick = END;
        int seen = 0;
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (system.spontaneous(action) == spontaneous
                    && (!ofAgent || system.agent(action) == agent)
                    && random.below(++seen) == 0) {
                pick = i;
            }
        }
        return pick;
    }
}
