// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

/**
 * Open addressing from hashes to the numbers of rows that are kept elsewhere: a multimap, of which the owner compares the
 * rows.
 *
 * <p>A slot is 32 bits. In a table of 2<sup>b</sup> slots a number needs b of them; the rest is a tag of the hash, so that
 * most rows that do not match are never looked at. Slots are found by the upper bits of the hash, tags are cut from the
 * lower half.
 *
 * <p>The table doubles when it is three quarters full. It drops the old one before it takes the new one, and the owner
 * enters its rows again.
 */
final class HashIndex {
    /** No (further) row may match. */
    static final int NONE = -1;

    private static final int[][] NO_SLOTS = {};
    private static final int SEGMENT_BITS = 15;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
    private static final int FIRST_BITS = 8;
    private static final int LAST_BITS = 32;

    /** The bits of a hash that count. */
    private final long hashBits;

    private int bits = FIRST_BITS;
    private int[][] slots = table(FIRST_BITS);
    private long lastSlot = (1L << FIRST_BITS) - 1;
    /** The bits of a slot that hold the number of a row, plus one; a slot of 0 is free. */
    private int numberMask = (1 << FIRST_BITS) - 1;

    private long entries;
    private long room = room(FIRST_BITS);

    /** Where {@link #next} looks. */
    private long cursor;

    private int tag;

    HashIndex(long hashBits) {
        this.hashBits = hashBits;
    }

    /** The first row that may have this hash, or {@link #NONE}. */
    int first(long hash) {
        long h = hash & hashBits;
        cursor = h >>> (Long.SIZE - bits);
        tag = (int) h & ~numberMask;
        return next();
    }

    /** The next row that may have the hash last asked for, or {@link #NONE}. */
    int next() {
        while (true) {
            int slot = slots[(int) (cursor >>> SEGMENT_BITS)][(int) cursor & SEGMENT_MASK];
            if (slot == 0) {
                return NONE;
            }
            cursor = (cursor + 1) & lastSlot;
            if ((slot & ~numberMask) == tag) {
                return (slot & numberMask) - 1;
            }
        }
    }

    /** Whether the table has to {@link #grow} before another row is entered. */
    boolean full() {
        return entries == room;
    }

    /** Doubles the table and empties it. */
    void grow() {
        resize(bits + 1);
    }

    /** Gives an empty table the size that it would have by growing, when so many rows had been entered one by one. */
    void growFor(int rows) {
        int wanted = bits;
        while (room(wanted) < rows) {
            wanted++;
        }
        if (wanted > bits) {
            resize(wanted);
        }
    }

    private void resize(int newBits) {
        release();
        bits = newBits;
        slots = table(bits);
        lastSlot = (1L << bits) - 1;
        numberMask = bits >= LAST_BITS ? Integer.MAX_VALUE : (int) lastSlot;
        room = room(bits);
    }

    /** Enters a row; the table must not be {@link #full}. */
    void enter(long hash, int row) {
        long h = hash & hashBits;
        long slot = h >>> (Long.SIZE - bits);
        while (slots[(int) (slot >>> SEGMENT_BITS)][(int) slot & SEGMENT_MASK] != 0) {
            slot = (slot + 1) & lastSlot;
        }
        slots[(int) (slot >>> SEGMENT_BITS)][(int) slot & SEGMENT_MASK] = ((int) h & ~numberMask) | (row + 1);
        entries++;
    }

    /** Enters a row for the hash last asked for, where {@link #next} has found that there is no further one. */
    void enterHere(int row) {
        slots[(int) (cursor >>> SEGMENT_BITS)][(int) cursor & SEGMENT_MASK] = tag | (row + 1);
        entries++;
    }

    /** Drops the table. */
    void release() {
        slots = NO_SLOTS;
        entries = 0;
    }

    long bytes() {
        return slots.length == 0 ? 0 : Integer.BYTES * (lastSlot + 1) + (long) slots.length * LongRows.ARRAY_COST;
    }

    /** At the greatest size the rows run out before the slots do. */
    private static long room(int bits) {
        return bits == LAST_BITS ? Long.MAX_VALUE : 3L << (bits - 2);
    }

    private static int[][] table(int bits) {
        int[][] table = new int[bits <= SEGMENT_BITS ? 1 : 1 << (bits - SEGMENT_BITS)][];
        for (int i = 0; i < table.length; i++) {
            table[i] = new int[1 << Math.min(bits, SEGMENT_BITS)];
        }
        return table;
    }
}
