// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/**
 * Where the parts of the CPUs lie in a packed state: one behind the other.
 *
 * @param cpus their number
 * @param first the first word of the first
 * @param words the words of each
 */
public record CpuParts(int cpus, int first, int words) {
    /** The first word of a CPU's part. */
    public int base(int number) {
        return first + number * words;
    }

    /** The number of the CPU whose part begins at a word. */
    public int numberAt(int base) {
        return (base - first) / words;
    }
}
