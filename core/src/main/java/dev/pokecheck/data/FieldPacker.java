// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

import java.util.List;

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

    /**
     * A field for each of some things, where some have that of one before them.
     *
     * @param owners for each, the number of the one whose field it has, perhaps its own
     * @param bits of the field of each
     */
    public Field[] take(List<Integer> owners, List<Integer> bits) {
        Field[] fields = new Field[owners.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = owners.get(i) == i ? take(bits.get(i)) : fields[owners.get(i)];
        }
        return fields;
    }

    /** The number of words that the fields so far lie in; at least 1. */
    public int words() {
        return word + 1;
    }
}
