// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/**
 * A store that keeps every distinct part of a state once, in a table for each place, and of a state the numbers of its parts
 * and of its parent in as many bits as they need.
 *
 * <p>A step changes few parts. Those that are as in the state loaded last keep their numbers without being looked up.
 */
final class CollapsedStore implements StateStore {
    private final int limit;
    private final int parts;
    /** Where parts begin, and behind the last where it ends. */
    private final int[] bounds;

    private final WordTable[] tables;
    /** Part numbers of all states, and the number after that of the parent. */
    private final PackedRows keys;

    private final HashIndex index;

    /** The state loaded last: its number, its words, the numbers of its parts. */
    private int loaded = -1;

    private final long[] loadedWords;
    private final int[] loadedKey;

    private final int[] key;

    CollapsedStore(int words, int[] partStarts, int limit, long hashBits) {
        this.limit = limit;
        this.parts = partStarts.length;
        this.bounds = bounds(words, partStarts);
        this.tables = new WordTable[parts];
        for (int part = 0; part < parts; part++) {
            tables[part] = new WordTable(bounds[part], bounds[part + 1] - bounds[part], hashBits);
        }
        this.keys = new PackedRows(parts + 1);
        this.index = new HashIndex(hashBits);
        this.loadedWords = new long[words];
        this.loadedKey = new int[parts + 1];
        this.key = new int[parts + 1];
    }

    private static int[] bounds(int words, int[] partStarts) {
        int[] bounds = new int[partStarts.length + 1];
        System.arraycopy(partStarts, 0, bounds, 0, partStarts.length);
        bounds[partStarts.length] = words;
        for (int part = 0; part < partStarts.length; part++) {
            if (bounds[0] != 0 || bounds[part] >= bounds[part + 1]) {
                throw new IllegalArgumentException("parts must begin at 0 and ascend below " + words);
            }
        }
        return bounds;
    }

    @Override
    public int put(long[] state) {
        if (!makeKey(state)) {
            return ~loaded;
        }
        long hash = Hash.of(key, parts);
        for (int row = index.first(hash); row != HashIndex.NONE; row = index.next()) {
            if (keys.startsWith(row, key, parts)) {
                return ~row;
            }
        }
        return size() == limit ? FULL : add(hash);
    }

    /** Makes the key of a state; returns whether it differs from that of the state loaded last. */
    private boolean makeKey(long[] state) {
        boolean differs = loaded < 0;
        for (int part = 0; part < parts; part++) {
            if (loaded >= 0 && isAsLoaded(state, part)) {
                key[part] = loadedKey[part];
            } else {
                key[part] = tables[part].intern(state);
                differs = true;
            }
        }
        return differs;
    }

    private boolean isAsLoaded(long[] state, int part) {
        for (int i = bounds[part]; i < bounds[part + 1]; i++) {
            if (state[i] != loadedWords[i]) {
                return false;
            }
        }
        return true;
    }

    private int add(long hash) {
        int number = keys.size();
        key[parts] = loaded + 1;
        if (index.full()) {
            index.grow();
            enterAll();
            keys.append(key);
            index.enter(hash, number);
        } else {
            keys.append(key);
            index.enterHere(number);
        }
        return number;
    }

    private void enterAll() {
        int[] row = new int[parts + 1];
        for (int number = 0; number < keys.size(); number++) {
            keys.copy(number, row);
            index.enter(Hash.of(row, parts), number);
        }
    }

    @Override
    public void load(int number, long[] state) {
        keys.copy(number, loadedKey);
        for (int part = 0; part < parts; part++) {
            tables[part].copy(loadedKey[part], state);
        }
        System.arraycopy(state, 0, loadedWords, 0, loadedWords.length);
        loaded = number;
    }

    @Override
    public int parent(int number) {
        return keys.get(number, parts) - 1;
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public long bytes() {
        long bytes = keys.bytes() + index.bytes();
        for (WordTable table : tables) {
            bytes += table.bytes();
        }
        return bytes;
    }

    @Override
    public void writeTo(CheckpointOutput sink) {
        for (WordTable table : tables) {
            table.writeTo(sink);
        }
        keys.writeTo(sink);
    }

    @Override
    public void readFrom(CheckpointInput source) {
        for (WordTable table : tables) {
            table.readFrom(source);
        }
        keys.readFrom(source);
        index.growFor(keys.size());
        enterAll();
    }

    @Override
    public void seal() {
        index.release();
        for (WordTable table : tables) {
            table.seal();
        }
    }
}
