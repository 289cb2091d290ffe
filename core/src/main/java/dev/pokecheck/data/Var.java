// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

import java.util.List;

/**
 * A variable, or an array of them, in memory that all CPUs share. Values are whole numbers in a declared range; a store of
 * another value is a fault of the protocol's author and is reported as {@code bug}, never wrapped around.
 *
 * @param id its number in its protocol, from 0 up
 * @param name its name in the source that the protocol follows
 * @param length the number of elements; 1 for a plain variable
 * @param min the least value
 * @param max the greatest value
 * @param initial the values of the elements at the start; one value is that of all
 * @param object the number of the object whose life it shares (a descriptor on some stack), or -1 if it lives for ever
 */
public record Var(int id, String name, int length, int min, int max, List<Integer> initial, int object) {
    /** A variable's range holds its initial values. */
    public Var {
        initial = List.copyOf(initial);
        if (initial.size() != 1 && initial.size() != length) {
            throw new IllegalArgumentException(
                    "variable " + name + ": " + initial.size() + " initial values for " + length + " elements");
        }
        for (int value : initial) {
            if (length < 1 || value < min || value > max) {
                throw new IllegalArgumentException(
                        "variable " + name + ": initial value " + value + " is outside " + min + ".." + max);
            }
        }
    }

    /** The value of an element at the start. */
    public int initial(int element) {
        return initial.get(initial.size() == 1 ? 0 : element);
    }

    /** The bits in which an element is kept, as its distance from {@link #min}. */
    public int bits() {
        return Field.bitsFor((long) max - min);
    }

    /** Whether a value is in the declared range. */
    public boolean holds(long value) {
        return min <= value && value <= max;
    }
}
