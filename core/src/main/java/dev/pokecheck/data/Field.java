// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

/**
 * Where a small unsigned number lives in a packed state: some bits of one word. A field of zero bits always reads 0 and takes
 * only 0, so that what a scenario does not need costs nothing.
 */
public final class Field {
    private final int word;
    private final int shift;
    private final int bits;
    private final long mask;

    /**
     * @param word the index of its word, relative to the base that is given with each access
     * @param shift the position of its lowest bit, 0..63
     * @param bits its width, 0..62
     */
    public Field(int word, int shift, int bits) {
        if (bits < 0 || bits > 62 || shift < 0 || shift + bits > 64 || word < 0) {
            throw new IllegalArgumentException("field of " + bits + " bits at " + word + "/" + shift);
        }
        this.word = word;
        this.shift = shift & 63;
        this.bits = bits;
        this.mask = (1L << bits) - 1;
    }

    /** The index of its word. */
    public int word() {
        return word;
    }

    /** The position of its lowest bit. */
    public int shift() {
        return shift;
    }

    /** Its width. */
    public int bits() {
        return bits;
    }

    /** The bits needed for the values 0..{@code max}. */
    public static int bitsFor(long max) {
        return 64 - Long.numberOfLeadingZeros(max);
    }

    /** The largest value that fits. */
    public long max() {
        return mask;
    }

    /** Reads the field of the structure that starts at word {@code base} of {@code state}. */
    public long get(long[] state, int base) {
        return (state[base + word] >>> shift) & mask;
    }

    /** Reads the field as an {@code int}; only for fields of at most 31 bits. */
    public int getInt(long[] state, int base) {
        return (int) get(state, base);
    }

    /** Whether the field is not zero. */
    public boolean isSet(long[] state, int base) {
        return get(state, base) != 0;
    }

    /**
     * Writes the field.
     *
     * @throws IllegalStateException if the value does not fit: a fault of the machine, never of a protocol
     */
    public void set(long[] state, int base, long value) {
        if ((value & ~mask) != 0) {
            throw new IllegalStateException("value " + value + " in a field of " + bits + " bits");
        }
        long old = state[base + word];
        state[base + word] = (old & ~(mask << shift)) | (value << shift);
    }
}
