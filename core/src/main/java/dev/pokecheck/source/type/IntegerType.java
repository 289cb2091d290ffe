// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/**
 * An integer type.
 *
 * @param text its name
 * @param size its size in bytes
 * @param isSigned whether it has negative values
 * @param isBool whether it is {@code _Bool}, so that what is not 0 becomes 1
 */
public record IntegerType(String text, int size, boolean isSigned, boolean isBool) implements CType {
    /** {@code char}, which is signed. */
    public static final IntegerType CHAR = new IntegerType("char", 1, true, false);

    /** {@code unsigned char}. */
    public static final IntegerType UNSIGNED_CHAR = new IntegerType("unsigned char", 1, false, false);

    /** {@code int}. */
    public static final IntegerType INT = new IntegerType("int", 4, true, false);

    /** {@code unsigned int}. */
    public static final IntegerType UNSIGNED = new IntegerType("unsigned int", 4, false, false);

    /** {@code long}. */
    public static final IntegerType LONG = new IntegerType("long", 8, true, false);

    /** {@code unsigned long}, which is {@code size_t} too. */
    public static final IntegerType UNSIGNED_LONG = new IntegerType("unsigned long", 8, false, false);

    /** {@code _Bool}. */
    public static final IntegerType BOOL = new IntegerType("_Bool", 1, false, true);

    @Override
    public int alignment() {
        return size;
    }

    /** The smallest value. */
    public long min() {
        return isSigned ? -1L << (8 * size - 1) : 0;
    }

    /** The largest value; of {@code unsigned long} that of {@code long}, as no value here is larger. */
    public long max() {
        if (isBool) {
            return 1;
        }
        int bits = Math.min(63, isSigned ? 8 * size - 1 : 8 * size);
        return bits == 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }
}
