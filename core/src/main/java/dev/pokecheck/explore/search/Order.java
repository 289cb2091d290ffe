// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

/** Which of the states that wait for it a search expands next. */
public enum Order {
    /**
     * The one found first. The schedule of the first finding of a kind is a shortest one. States are numbered as they are
     * found, so that the queue is a range of numbers and needs no memory.
     */
    BREADTH_FIRST {
        @Override
        Frontier frontier() {
            return new QueueFrontier();
        }
    },

    /**
     * The one found last: reaches ends early, at the price of long schedules and eight bytes for a state that waits. The
     * states and transitions of an exhausted search are those of any other order.
     */
    DEPTH_FIRST {
        @Override
        Frontier frontier() {
            return new StackFrontier();
        }
    };

    abstract Frontier frontier();
}
