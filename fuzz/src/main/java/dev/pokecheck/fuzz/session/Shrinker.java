// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Entry;

/** Makes findings small. It may throw anything, and take any time; a session survives that. */
interface Shrinker {
    /**
     * Makes a finding small.
     *
     * @param seconds how much processor time it may take, about
     */
    Shrunk shrink(Candidate candidate, long seconds) throws Exception;

    /**
     * A finding that was made small.
     *
     * @param entry the entry that is kept
     * @param timeline the timeline beside it
     */
    record Shrunk(Entry entry, String timeline) {}
}
