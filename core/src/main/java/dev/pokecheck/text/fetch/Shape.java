// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/**
 * How the times may differ at which the chunks of one instruction are seen: one of the two halves of a fetch model. Times are indices into the
 * contents that memory has had in the {@link Window}, oldest first.
 *
 * <p>Each facet is abstract, so that a new shape cannot forget one. A shape has no state.
 */
public abstract class Shape {
    /** More signatures than anybody can count, or than anybody needs to. */
    public static final long UNCOUNTED = Long.MAX_VALUE;

    /** Its name. */
    public abstract String text();

    /** What it assumes, as the rest of a sentence about the chunks of an instruction. */
    public abstract String assumption();

    /** The strongest shapes that allow less. */
    abstract List<Shape> includes();

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
    abstract void sign(Signature signature, long[] contents);

    /**
     * How many different signatures there can be, or {@link #UNCOUNTED}.
     *
     * @param contents how many contents the site can have
     * @param chunks how many contents each of its chunks can have
     */
    public abstract long signatures(long contents, long[] chunks);

    /** Takes the earliest times at which a fetch can have seen what it saw. */
    public abstract void narrow(Sighting seen);

    /** Whether this shape allows all that another does. */
    public final boolean allows(Shape other) {
        return equals(other) || includes().stream().anyMatch(shape -> shape.allows(other));
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
