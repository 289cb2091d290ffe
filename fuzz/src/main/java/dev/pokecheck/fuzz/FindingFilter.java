// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.util.TreeSet;

/** Tells new findings from old ones by a number, before anything is spent on them. */
final class FindingFilter {
    private static final int MOST = 1 << 16;

    private final TreeSet<Long> seen = new TreeSet<>();

    /** Whether a number is new; none is when there were very many. */
    boolean isNew(long key) {
        return seen.size() < MOST && seen.add(key);
    }
}
