// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

/**
 * Deadlocks of one sort.
 *
 * @param name the sort, in the words of {@link StateClasses}
 * @param states how many states are of it
 * @param first the one that was found first: breadth first, none is nearer to the initial state
 */
public record DeadlockClass(String name, long states, Finding first) {}
