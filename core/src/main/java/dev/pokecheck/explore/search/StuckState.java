// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;

/** Asks of one state whether a complete state can still be reached from it. */
public final class StuckState {
    private static final long COMPLETE = 1;

    private StuckState() {}

    /** Whether no steps that somebody owes lead from a state to a complete one; false, too, if the memory, or a table of the system, does not suffice
     * to tell. */
    public static boolean isStuck(TransitionSystem system, long[] state) {
        SearchOptions options =
                SearchOptions.defaults().deadEnds(DeadEndPolicy.IGNORE).stopOn(COMPLETE);
        return Search.run(new From(system, state), options).end() == End.EXHAUSTED;
    }

    /** The part of a system behind a state, without spontaneous actions; its one incident is to be complete. */
    private static final class From implements TransitionSystem {
        private final TransitionSystem system;
        private final long[] start;
        private final ActionList all = new ActionList();

        From(TransitionSystem system, long[] start) {
            this.system = system;
            this.start = start;
        }

        @Override
        public int words() {
            return system.words();
        }

        @Override
        public int[] partStarts() {
            return system.partStarts();
        }

        @Override
        public void initial(long[] state) {
            System.arraycopy(start, 0, state, 0, start.length);
        }

        @Override
        public void enabled(long[] state, ActionList actions) {
            system.enabled(state, all);
            actions.clear();
            for (int i = 0; i < all.size(); i++) {
                if (!system.spontaneous(all.get(i))) {
                    actions.add(all.get(i));
                }
            }
        }

        @Override
        public long apply(long[] state, int action) {
            system.apply(state, action);
            return 0;
        }

        @Override
        public long inspect(long[] state) {
            return system.complete(state) ? COMPLETE : 0;
        }

        @Override
        public boolean complete(long[] state) {
            return system.complete(state);
        }

        @Override
        public int agent(int action) {
            return system.agent(action);
        }

        @Override
        public int agents() {
            return system.agents();
        }

        @Override
        public String describe(long[] state, int action) {
            return system.describe(state, action);
        }
    }
}
