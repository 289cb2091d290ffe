// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.Arrays;
import java.util.List;

/** Which times the chunks of one instruction may be seen at, and all that follows from it. */
public abstract class FetchRule {
    /** More views than are worth counting. */
    public static final long UNCOUNTED = Long.MAX_VALUE;

    /** The name in scenarios and on the command line. */
    public abstract String text();

    /** What the rule assumes, as a run prints it. */
    public abstract String assumption();

    /** The rules next to this one that it allows everything of. */
    public abstract List<FetchRule> includes();

    /** Whether no real CPU does this, so that nothing is claimed about it and it is compared with others only on request. */
    public abstract boolean isControl();

    /** Whether a fetch can see anything but memory as it is now. */
    public abstract boolean canBeStale();

    /** Whether a CPU that serializes sees only memory as it is then; otherwise serializing changes nothing. */
    public abstract boolean isRefreshedBySerialization();

    /** The contents that count after a store. */
    public abstract long[] stored(long[] contents, long content);

    /**
     * The earliest time at which a later chunk may be seen.
     *
     * @param since the first time of that chunk that may still be seen
     * @param first when the first chunk was seen
     */
    public abstract int earliest(int since, int first);

    /**
     * The latest time at which a later chunk may be seen.
     *
     * @param first when the first chunk was seen
     * @param now the present
     */
    public abstract int latest(int first, int now);

    /** Whether {@link #earliest} or {@link #latest} depends on when the first chunk was seen. */
    public abstract boolean dependsOnFirst();

    /** Writes what later stores, fetches and serializations depend on, if fetches may go back in time. */
    public abstract void sign(Signature signature, long[] contents);

    /**
     * How many different signatures there can be, or {@link #UNCOUNTED}.
     *
     * @param contents how many contents the site can have
     * @param chunks how many contents each of its chunks can have
     */
    public abstract long signatures(long contents, long[] chunks);

    /** Takes the earliest times at which a fetch can have seen what it saw, if fetches may not go back in time. */
    public abstract void narrow(Sighting seen);

    /** Whether this rule allows all that another does. */
    public final boolean allows(FetchRule other) {
        return equals(other) || includes().stream().anyMatch(rule -> rule.allows(other));
    }

    /** All that a history held and what came after it: what a store adds where a CPU may see the past. */
    static long[] appended(long[] contents, long content) {
        long[] more = Arrays.copyOf(contents, contents.length + 1);
        more[contents.length] = content;
        return more;
    }

    /** The number of sets of some elements that are not empty. */
    static long sets(long elements) {
        return elements >= Long.SIZE - 1 ? UNCOUNTED : (1L << elements) - 1;
    }

    /** The number of choices of one set for each chunk. */
    static long setsOfEach(long[] chunks) {
        long all = 1;
        for (long elements : chunks) {
            long sets = sets(elements);
            all = all > UNCOUNTED / sets ? UNCOUNTED : all * sets;
        }
        return all;
    }
}
