// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

/**
 * The layout of one CPU's FIFO store buffer in a packed state. An entry is a target (a number that the machine gives to each
 * memory cell and to each store of text) and a value. Entry 0 is the oldest; unused entries are zero, so that equal buffers are
 * equal bits.
 */
public final class StoreBuffer {
    private final Field count;
    private final Field[] targets;
    private final Field[] values;

    /**
     * @param packer where its fields go
     * @param depth the number of entries; 0 for a machine without buffers
     * @param targetBits the width of a target
     * @param valueBits the width of a value
     */
    public StoreBuffer(FieldPacker packer, int depth, int targetBits, int valueBits) {
        count = packer.take(Field.bitsFor(depth));
        targets = new Field[depth];
        values = new Field[depth];
        for (int i = 0; i < depth; i++) {
            targets[i] = packer.take(targetBits);
            values[i] = packer.take(valueBits);
        }
    }

    /** The number of entries it can hold. */
    public int depth() {
        return targets.length;
    }

    /** The number of stores that wait. */
    public int size(long[] state, int base) {
        return count.getInt(state, base);
    }

    /** Whether a further store has to wait. */
    public boolean isFull(long[] state, int base) {
        return size(state, base) == targets.length;
    }

    /** The target of entry {@code i}. */
    public int target(long[] state, int base, int i) {
        return targets[i].getInt(state, base);
    }

    /** The value of entry {@code i}. */
    public long value(long[] state, int base, int i) {
        return values[i].get(state, base);
    }

    /** Appends a store. */
    public void append(long[] state, int base, int target, long value) {
        int n = size(state, base);
        targets[n].set(state, base, target);
        values[n].set(state, base, value);
        count.set(state, base, n + 1L);
    }

    /** Changes the value of entry {@code i}. */
    public void setValue(long[] state, int base, int i, long value) {
        values[i].set(state, base, value);
    }

    /** Removes the oldest store. */
    public void removeOldest(long[] state, int base) {
        int n = size(state, base);
        for (int i = 1; i < n; i++) {
            targets[i - 1].set(state, base, targets[i].get(state, base));
            values[i - 1].set(state, base, values[i].get(state, base));
        }
        targets[n - 1].set(state, base, 0);
        values[n - 1].set(state, base, 0);
        count.set(state, base, n - 1L);
    }

    /** The index of the newest entry for a target, or -1: what store forwarding finds. */
    public int newest(long[] state, int base, int target) {
        for (int i = size(state, base) - 1; i >= 0; i--) {
            if (targets[i].get(state, base) == target) {
                return i;
            }
        }
        return -1;
    }
}
