// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

/** Hands out fields one after another; a field never straddles two words. */
public final class FieldPacker {
    private int word;
    private int used;

    /** The next field of {@code bits} bits. */
    public Field take(int bits) {
        if (used + bits > 64) {
            word++;
            used = 0;
        }
        Field field = new Field(word, used, bits);
        used += bits;
        return field;
    }

    /** The number of words that the fields so far lie in; at least 1. */
    public int words() {
        return word + 1;
    }
}
