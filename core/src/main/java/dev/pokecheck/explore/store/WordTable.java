// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/** Distinct rows of words, numbered from 0 in the order in which they came. */
final class WordTable {
    /** No such row. */
    static final int NONE = HashIndex.NONE;

    private final int from;
    private final int width;
    private final LongRows rows;
    private final HashIndex index;

    /** A table of what stands in {@code width} words from {@code from} on. */
    WordTable(int from, int width, long hashBits) {
        this.from = from;
        this.width = width;
        this.rows = new LongRows(width);
        this.index = new HashIndex(hashBits);
    }

    int size() {
        return rows.size();
    }

    long hash(long[] words) {
        return Hash.of(words, from, width);
    }

    /** The row that holds these words, which have this hash, or {@link #NONE}. */
    int find(long[] words, long hash) {
        int row = index.first(hash);
        while (row != HashIndex.NONE && !rows.equal(row, words, from)) {
            row = index.next();
        }
        return row;
    }

    /** Adds words that are not there. */
    int add(long[] words, long hash) {
        if (index.full()) {
            index.grow();
            enterAll();
        }
        int row = rows.append(words, from);
        index.enter(hash, row);
        return row;
    }

    private void enterAll() {
        for (int row = 0; row < rows.size(); row++) {
            index.enter(rows.hash(row), row);
        }
    }

    /** The row that holds these words, which are added if they are not there. */
    int intern(long[] words) {
        long hash = hash(words);
        int row = find(words, hash);
        return row == NONE ? add(words, hash) : row;
    }

    void copy(int row, long[] words) {
        rows.copy(row, words, from);
    }

    void writeTo(CheckpointOutput sink) {
        rows.writeTo(sink);
    }

    /** Fills an empty table. */
    void readFrom(CheckpointInput source) {
        rows.readFrom(source);
        index.growFor(rows.size());
        enterAll();
    }

    long bytes() {
        return rows.bytes() + index.bytes();
    }

    void seal() {
        index.release();
    }
}
