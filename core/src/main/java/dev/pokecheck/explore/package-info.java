// SPDX-License-Identifier: Apache-2.0
/**
 * The search: every state of a {@link dev.pokecheck.machine.TransitionSystem}, or a sample of its runs, and what was found.
 *
 * <p>There is one evaluation loop, {@code Visit} in {@link dev.pokecheck.explore.search}; the order in which it takes states and the way it
 * keeps them are parameters. It searches lean and explains later: a state costs its key and the number of its parent, and
 * schedules are worked out at the end, for what was found only.
 *
 * <p>Nothing here reads a clock, draws a random number or iterates in hash order: two searches with the same options report
 * the same, and only a {@link dev.pokecheck.explore.search.Budget} can bring in the time of day.
 *
 * <p>A search can leave checkpoints and go on from one ({@link dev.pokecheck.checkpoint.Checkpoints}). It stands still for that between two
 * expansions, or between two sweeps of the checks behind exhaustion, and writes the tables as they are. What a search finds is a function of
 * what it has so far, so that one that goes on does what the other would have done; even its memory is laid out alike.
 */
@NullMarked
package dev.pokecheck.explore;

import org.jspecify.annotations.NullMarked;
