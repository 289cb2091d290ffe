// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.BitSet;

/** A check after exhaustion, which goes over all steps again and again until it knows its answer. */
interface Sweeps {

    /** Whether the answer is known. */
    boolean done();

    /** Goes once over all steps. */
    void sweep();

    /** Whether the next sweep goes up. */
    boolean isUpward();

    /** What sweeps have left, beyond what the search knows; not to be changed. */
    BitSet left();

    /** How many states are told to wait. */
    int waiting();
}
