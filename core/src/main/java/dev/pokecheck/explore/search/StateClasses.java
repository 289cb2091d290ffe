// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

/** Sorts the states from which nothing can be completed any more, for those who want to see all of them. */
@FunctionalInterface
public interface StateClasses {
    /** They are not asked for. */
    StateClasses NONE = state -> "";

    /** The sort of a state; empty for one that leads to others of its kind, and is not worth a word. */
    String of(long[] state);
}
