// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

/**
 * The hash of words and of part numbers: multiply and rotate, with the finalizer of splitmix64 (G. Steele, D. Lea, C. Flood,
 * <em>Fast splittable pseudorandom number generators</em>, OOPSLA 2014). No defence against an adversary, and no need of
 * one: a collision costs a comparison, never an answer.
 */
public final class Hash {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private Hash() {}

    public static long of(long[] words, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            hash = (Long.rotateLeft(hash, 29) ^ words[i]) * STEP;
        }
        return mix(hash);
    }

    /** The hash of the first {@code length} numbers. */
    public static long of(int[] numbers, int length) {
        long hash = length;
        for (int i = 0; i < length; i++) {
            hash = (Long.rotateLeft(hash, 29) ^ numbers[i]) * STEP;
        }
        return mix(hash);
    }

    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
