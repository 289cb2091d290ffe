// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import org.jspecify.annotations.Nullable;

/** Actions from the initial state on, as what an earlier trail has and some more: trails that begin alike share that. */
final class Trail {
    private final @Nullable Trail before;
    private final int[] more;
    private final int length;

    private final int interrupts;

    private Trail(@Nullable Trail before, int[] more, int interrupts) {
        this.before = before;
        this.interrupts = interrupts;
        this.more = more;
        length = more.length + (before == null ? 0 : before.length);
    }

    /** What {@code before} has, nothing if it is null, and then these actions; so many of all are spontaneous interrupts. */
    static Trail of(@Nullable Trail before, int[] more, int interrupts) {
        return new Trail(before, more, interrupts);
    }

    /** How many of the actions are spontaneous interrupts. */
    int interrupts() {
        return interrupts;
    }

    /** The number of actions. */
    int length() {
        return length;
    }

    /** All actions. */
    int[] actions() {
        int[] all = new int[length];
        for (Trail part = this; part != null; part = part.before) {
            System.arraycopy(part.more, 0, all, part.length - part.more.length, part.more.length);
        }
        return all;
    }
}
