// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

/** Told every few thousand transitions how far a search is. */
@FunctionalInterface
public interface ProgressListener {

    /** Tells nobody. */
    ProgressListener NONE = (states, transitions, frontier, depth) -> {};

    /**
     * Called from within the search.
     *
     * @param states distinct states so far
     * @param transitions actions applied so far; applied again in the check for stuck states they count no more
     * @param frontier states that wait to be expanded; in the check for stuck states, those not known to reach an end
     * @param depth the depth of the state being expanded
     */
    void progress(long states, long transitions, long frontier, int depth);
}
