// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import java.util.Arrays;

/** A growing list of actions that is filled again for every state, so that a search allocates none. */
public final class ActionList {
    private int[] actions = new int[64];
    private int size;

    /** Makes the list empty and keeps its room. */
    public void clear() {
        size = 0;
    }

    /** Appends an action. */
    public void add(int action) {
        if (size == actions.length) {
            actions = Arrays.copyOf(actions, 2 * size);
        }
        actions[size++] = action;
    }

    /** The number of actions. */
    public int size() {
        return size;
    }

    /** The action at {@code index}, 0 ≤ index &lt; size. */
    public int get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("action " + index + " of " + size);
        }
        return actions[index];
    }
}
