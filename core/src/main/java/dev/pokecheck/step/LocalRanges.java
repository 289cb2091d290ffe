// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Local;
import java.util.List;

/** The ranges of the local variables of a routine. */
public final class LocalRanges {
    private final int[] mins;
    private final int[] maxes;

    /** Those of some variables, by their numbers. */
    public LocalRanges(List<Local> locals) {
        mins = locals.stream().mapToInt(Local::min).toArray();
        maxes = locals.stream().mapToInt(Local::max).toArray();
    }

    /** How many there are. */
    public int size() {
        return mins.length;
    }

    /** The least value of one. */
    public int min(int local) {
        return mins[local];
    }

    /** The greatest value of one. */
    public int max(int local) {
        return maxes[local];
    }
}
