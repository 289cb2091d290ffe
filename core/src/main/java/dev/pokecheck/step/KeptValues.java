// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Local;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** The value of an expression for each value of the one or two local variables that it is made of. */
final class KeptValues {
    /** So many are kept at most. */
    private static final int MOST = 256;

    /** Nothing is kept. */
    private static final KeptValues NONE = new KeptValues(List.of(), 0, 0);

    private final List<Local> locals;
    private final int height;
    private final int width;
    private final int[] values;
    private final int least;
    private final int leastOfSecond;

    private KeptValues(List<Local> locals, int height, int width) {
        this.locals = locals;
        this.height = height;
        this.width = width;
        values = new int[height * width];
        least = locals.isEmpty() ? 0 : locals.get(0).min();
        leastOfSecond = locals.size() > 1 ? locals.get(1).min() : 0;
    }

    /**
     * Evaluates for all values.
     *
     * @param locals the local variables
     * @param value the value where the first and the second have these; anything goes for a second that there is not
     * @return one that keeps nothing if there are not one or two variables, or if they have too many values
     */
    static KeptValues of(List<Local> locals, IntBinaryOperator value) {
        if (locals.isEmpty() || locals.size() > 2) {
            return NONE;
        }
        long height = width(locals.get(0));
        long width = locals.size() > 1 ? width(locals.get(1)) : 1;
        if (height > MOST || height * width > MOST) {
            return NONE;
        }
        KeptValues kept = new KeptValues(List.copyOf(locals), (int) height, (int) width);
        for (int i = 0; i < kept.values.length; i++) {
            kept.values[i] = value.applyAsInt(kept.least + i / kept.width, kept.leastOfSecond + i % kept.width);
        }
        return kept;
    }

    /** How many values a local variable has. */
    private static long width(Local local) {
        return (long) local.max() - local.min() + 1;
    }

    /** How many local variables there are; 0 if nothing is kept. */
    int variables() {
        return locals.size();
    }

    /** The number of the second variable. */
    int second() {
        return locals.get(1).id();
    }

    /** Whether it is kept where the only variable has this value. */
    boolean keeps(int value) {
        return width == 1 && isBelow(value - least, height);
    }

    /** Whether it is kept where the two variables have these values. */
    boolean keeps(int one, int other) {
        return isBelow(one - least, height) && isBelow(other - leastOfSecond, width);
    }

    private static boolean isBelow(int distance, int bound) {
        return Integer.compareUnsigned(distance, bound) < 0;
    }

    /** The value where the only variable has one that is kept. */
    int where(int value) {
        return values[value - least];
    }

    /** The value where the two variables have some that are kept. */
    int where(int one, int other) {
        return values[(one - least) * width + other - leastOfSecond];
    }
}
