// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.util.SplittableRandom;

/** Pseudo-random inputs of a seed, which is printed. */
public final class RandomInputs {
    private final SplittableRandom random;

    /** Inputs of a seed. */
    public RandomInputs(String what, long seed) {
        System.out.println(what + ": seed " + seed);
        random = new SplittableRandom(seed);
    }

    /**
     * The next input.
     *
     * @param length its greatest length
     * @param header how many of its bytes are drawn evenly; two of three of the others are zero, which for schedules is "go on"
     */
    public byte[] next(int length, int header) {
        byte[] input = new byte[header + random.nextInt(length - header + 1)];
        for (int i = 0; i < input.length; i++) {
            input[i] = i < header || random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
        }
        return input;
    }
}
