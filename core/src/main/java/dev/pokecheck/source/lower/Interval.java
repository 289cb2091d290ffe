// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values from {@code min} to {@code max}, or only some of them.
 *
 * @param values these, ascending; if there are none, all values between the two
 */
record Interval(long min, long max, List<Long> values) {
    /** Truth values. */
    static final Interval TRUTH = new Interval(0, 1);

    /** So many values are told apart. */
    private static final int MOST = 24;

    Interval(long min, long max) {
        this(min, max, List.of());
    }

    static Interval of(long value) {
        return new Interval(value, value);
    }

    boolean isOne() {
        return min == max;
    }

    boolean holds(long value) {
        return min <= value && value <= max && (values.isEmpty() || values.contains(value));
    }

    boolean contains(Interval other) {
        return min <= other.min
                && other.max <= max
                && (values.isEmpty()
                        || (other.isOne()
                                ? values.contains(other.min)
                                : !other.values.isEmpty() && values.containsAll(other.values)));
    }

    /** Whether the values are told apart. */
    private boolean isListed() {
        return isOne() || !values.isEmpty();
    }

    /** All values, which are told apart. */
    private Stream<Long> each() {
        return isOne() ? Stream.of(min) : values.stream();
    }

    /** All values if they are few, ascending; none if they are not. */
    List<Long> few() {
        if (isOne()) {
            return List.of(min);
        }
        if (!values.isEmpty()) {
            return values;
        }
        if (max - min < 0 || max - min >= MOST) {
            return List.of();
        }
        List<Long> few = new ArrayList<>();
        for (long value = min; value <= max; value++) {
            few.add(value);
        }
        return few;
    }

    private static Interval listed(Stream<Long> all) {
        List<Long> values = all.sorted().distinct().toList();
        long min = values.get(0);
        long max = values.get(values.size() - 1);
        boolean dense = max - min < values.size();
        return new Interval(min, max, dense || values.size() > MOST ? List.of() : values);
    }

    Interval with(Interval other) {
        if (contains(other)) {
            return this;
        }
        List<Long> some = few();
        List<Long> others = other.few();
        return !some.isEmpty() && !others.isEmpty()
                ? listed(Stream.concat(some.stream(), others.stream()))
                : new Interval(Math.min(min, other.min), Math.max(max, other.max));
    }

    /** The values of both; this one if there are none. */
    Interval and(Interval other) {
        if (isListed()) {
            List<Long> both = each().filter(other::holds).toList();
            return both.isEmpty() ? this : listed(both.stream());
        }
        long low = Math.max(min, other.min);
        long high = Math.min(max, other.max);
        return low > high ? this : new Interval(low, high);
    }

    /** The values of this one that are not that one; this one if there are none. */
    Interval without(long value) {
        if (isOne()) {
            return this;
        }
        if (isListed()) {
            return listed(each().filter(v -> v != value));
        }
        return new Interval(min == value ? min + 1 : min, max == value ? max - 1 : max);
    }

    /** Each value, and a number more. */
    Interval plus(long number) {
        return values.isEmpty()
                ? new Interval(min + number, max + number)
                : new Interval(
                        min + number,
                        max + number,
                        values.stream().map(v -> v + number).toList());
    }

    /** Whether no value is in both. */
    boolean isApart(Interval other) {
        if (max < other.min || other.max < min) {
            return true;
        }
        return isListed() && other.isListed() && each().noneMatch(other::holds);
    }

    /** Whether all values can be kept in 32 bits with a sign, as those of protocols are. */
    boolean fits() {
        return min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE;
    }
}
