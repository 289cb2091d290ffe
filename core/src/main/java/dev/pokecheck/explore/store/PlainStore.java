// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/** A store that keeps all words of every state. */
final class PlainStore implements StateStore {
    private final int limit;
    private final WordTable states;
    private final PackedRows parents = new PackedRows(1);
    /** The number after that of the state loaded last, which is to be the parent; 0 for none. */
    private final int[] parentPlusOne = new int[1];

    PlainStore(int words, int limit, long hashBits) {
        this.limit = limit;
        this.states = new WordTable(0, words, hashBits);
    }

    @Override
    public int put(long[] state) {
        long hash = states.hash(state);
        int known = states.find(state, hash);
        if (known != WordTable.NONE) {
            return ~known;
        }
        if (size() == limit) {
            return FULL;
        }
        int number = states.add(state, hash);
        parents.append(parentPlusOne);
        return number;
    }

    @Override
    public void load(int number, long[] state) {
        states.copy(number, state);
        parentPlusOne[0] = number + 1;
    }

    @Override
    public int parent(int number) {
        return parents.get(number, 0) - 1;
    }

    @Override
    public int size() {
        return parents.size();
    }

    @Override
    public long bytes() {
        return states.bytes() + parents.bytes();
    }

    @Override
    public void writeTo(CheckpointOutput sink) {
        states.writeTo(sink);
        parents.writeTo(sink);
    }

    @Override
    public void readFrom(CheckpointInput source) {
        states.readFrom(source);
        parents.readFrom(source);
    }

    @Override
    public void seal() {
        states.seal();
    }
}
