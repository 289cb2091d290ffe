// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

/**
 * Seeded random numbers, splitmix64 (G. Steele, D. Lea, C. Flood, <em>Fast splittable pseudorandom number generators</em>,
 * OOPSLA 2014). Unlike the one of the JDK it can be seeded again without a new object, and no release changes it.
 */
public final class RandomNumbers {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    /** Numbers of a run that is still to be named by {@link #seed}. */
    public RandomNumbers() {}

    /** Begins the sequence of a run; those of different runs have nothing to do with each other. */
    public void seed(long seed, long run) {
        state = mix(seed + STEP) ^ mix(~run);
    }

    /** The next 64 random bits. */
    public long next() {
        state += STEP;
        return mix(state);
    }

    /** A number from 0 up to below {@code bound}; no number is more likely than another by more than 2<sup>-32</sup>. */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
