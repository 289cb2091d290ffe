// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

/** The values from {@code min} to {@code max}. */
record Interval(long min, long max) {
    /** Truth values. */
    static final Interval TRUTH = new Interval(0, 1);

    static Interval of(long value) {
        return new Interval(value, value);
    }

    boolean isOne() {
        return min == max;
    }

    boolean holds(long value) {
        return min <= value && value <= max;
    }

    boolean contains(Interval other) {
        return min <= other.min && other.max <= max;
    }

    Interval with(Interval other) {
        return new Interval(Math.min(min, other.min), Math.max(max, other.max));
    }

    /** The values of both; this one if there are none. */
    Interval and(Interval other) {
        long low = Math.max(min, other.min);
        long high = Math.min(max, other.max);
        return low > high ? this : new Interval(low, high);
    }

    /** Whether all values can be kept in 32 bits with a sign, as those of protocols are. */
    boolean fits() {
        return min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE;
    }
}
