// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import java.util.Arrays;

/**
 * The schedules that an input stands for: run 0 is its own, the others are pseudo-random and depend on the bytes of the input and the number of the run
 * alone. Each keeps the sites and the machine, takes over some of the first entries of the input's own schedule ({@link Preemptions}), and then goes its
 * own way: with more or fewer entries, closer together or farther apart. Each run is an input itself, whose run 0 it is.
 */
final class Burst {
    /** The most entries of a schedule that is made. */
    private static final int ENTRIES = 24;
    /** Entries are at most so many steps apart, by powers of two. */
    private static final int SCALES = 8;

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final byte[] input;
    private final int header;
    private final long seed;
    private long state;

    /**
     * The runs of an input.
     *
     * @param header how many of its bytes are no schedule
     */
    Burst(byte[] input, int header) {
        this.input = input;
        this.header = header;
        long mixed = input.length;
        for (byte b : input) {
            mixed = mix(mixed + STEP + b);
        }
        seed = mixed;
    }

    /** A run, as an input of its own. */
    byte[] run(int number) {
        if (number == 0) {
            return input;
        }
        state = seed + mix(number);
        byte[] run = Arrays.copyOf(input, header + 2 * below(ENTRIES + 1));
        int own = Math.max(0, Math.min(input.length, run.length) - header) / 2;
        int apart = 1 << below(SCALES);
        for (int i = header + 2 * below(own + 1); i < run.length; i += 2) {
            run[i] = (byte) below(apart);
            run[i + 1] = (byte) below(256);
        }
        return run;
    }

    /** A number from 0 up to below {@code bound}. */
    private int below(int bound) {
        state += STEP;
        return (int) (((mix(state) >>> 32) * bound) >>> 32);
    }

    /** The finalizer of splitmix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
