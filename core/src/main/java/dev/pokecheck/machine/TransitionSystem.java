// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

/**
 * The seam of the tool: an initial state, the actions enabled in a state, and what an action does. Searches, schedulers,
 * replay and reports know nothing else of what they run, and the tests of the search use systems of thirty lines.
 *
 * <p>A state is a fixed number of {@code long} words, packed and <em>canonical</em>: two states that differ only in their
 * history are equal word by word. An action is an {@code int} whose meaning is the same in every state in which it is
 * enabled. <em>All</em> nondeterminism is in the list of enabled actions; {@link #apply} is a function.
 *
 * <p>Neither {@link #enabled} nor {@link #apply} allocates once a system is warm. A system is confined to one thread.
 */
public interface TransitionSystem {

    /** The number of {@code long} words of a state; at least 1. */
    int words();

    /**
     * Ascending word indexes, the first of them 0, at which the parts of a state begin that tend to repeat from state to state
     * (one CPU, say). A state store may keep each distinct part once. The choice is a matter of memory, never of meaning.
     */
    int[] partStarts();

    /** Writes the initial state into {@code state}, all words of it. */
    void initial(long[] state);

    /** Clears {@code actions} and fills it with the enabled actions, in an order that is a function of the state. */
    void enabled(long[] state, ActionList actions);

    /**
     * Applies an enabled action in place.
     *
     * @return what went wrong in this step as a set of bits, one an incident kind of the system; 0 if nothing did
     */
    long apply(long[] state, int action);

    /** What is wrong with a state as such, in the same bits as {@link #apply}; 0 if nothing is. */
    long inspect(long[] state);

    /**
     * Whether every agent has done what was asked of it. A state that is not complete and enables nothing is a deadlock; one from which
     * no path leads to a complete state is stuck, however busy it looks.
     */
    boolean complete(long[] state);

    /** The agent (a CPU) that an action belongs to: from 0 up, for schedulers with priorities and for reports. */
    int agent(int action);

    /**
     * Whether an enabled action is one that the environment may take but never owes: a spontaneous interrupt. No progress may
     * rest on such actions, so that a state is a deadlock, or stuck, if what is left without them leads nowhere.
     */
    default boolean spontaneous(int action) {
        return false;
    }

    /**
     * Whether a state is a deadlock in which nothing moves: it is not complete, and nothing is owed.
     *
     * @param enabled what {@link #enabled} has given for the state
     */
    default boolean isDeadEnd(long[] state, ActionList enabled) {
        return nothingOwed(enabled) && !complete(state);
    }

    /** Whether none of the enabled actions is owed: what is left, if anything, is {@link #spontaneous}. */
    default boolean nothingOwed(ActionList enabled) {
        for (int i = 0; i < enabled.size(); i++) {
            if (!spontaneous(enabled.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #duty} says of an action that no agent owes. */
    int NO_DUTY = -1;

    /**
     * The duty that an enabled action does, 0..63, or {@link #NO_DUTY}: an agent that can do a duty all the time does it at some time, which is
     * what makes a run fair. Several enabled actions may do the same duty. An action that belongs to no duty may be put off for ever:
     * it is spontaneous, or its agent has nothing to do.
     */
    default int duty(long[] state, int action) {
        return spontaneous(action) ? NO_DUTY : agent(action);
    }

    /** The duties, as bits, that are done even if they can be done only again and again, not all the time. */
    default long promptDuties() {
        return 0;
    }

    /**
     * Whether the last {@link #apply} completed something that users wait for, so that a run in which that happens again and again is
     * no livelock. A system that completes nothing says no.
     */
    default boolean progressed() {
        return false;
    }

    /** How many {@link #event}s the last {@link #apply} added to the history of the run. */
    default int events() {
        return 0;
    }

    /** Such an event, a number that means the same in every state and in every system that a system may be compared with. */
    default long event(int number) {
        throw new IndexOutOfBoundsException(number);
    }

    /** The number of agents; at least 1. */
    int agents();

    /**
     * What the numbers in its states and actions stand for, as far as that was worked out on the way: what another instance of the same system
     * must {@link #restore} before it can go on with states of this one. Empty if a state says all by itself.
     */
    default long[] tables() {
        return new long[0];
    }

    /**
     * Takes over what another instance of the same system has worked out on the way.
     *
     * @param tables what {@link #tables} has returned there
     * @throws IllegalArgumentException if that was another system
     */
    default void restore(long[] tables) {
        if (tables.length != 0) {
            throw new IllegalArgumentException("the tables are those of another system");
        }
    }

    /**
     * The name of an enabled action, as it stands in schedules and reports. In one state no two enabled actions share a name, so
     * that a name read from a file picks its action.
     */
    String describe(long[] state, int action);
}
