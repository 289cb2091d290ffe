// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.explore.store.IntRow;
import dev.pokecheck.explore.store.StateStore;
import java.util.Arrays;

/** Last in, first out. */
final class StackFrontier implements Frontier {
    private int[] states = new int[1024];
    private int[] depths = new int[1024];
    private int size;
    private int depth;

    @Override
    public void add(int state, int depth) {
        if (size == states.length) {
            states = Arrays.copyOf(states, IntRow.room(size));
        }
        if (size == depths.length) {
            depths = Arrays.copyOf(depths, IntRow.room(size));
        }
        states[size] = state;
        depths[size] = depth;
        size++;
    }

    @Override
    public int take() {
        if (size == 0) {
            return NONE;
        }
        size--;
        depth = depths[size];
        return states[size];
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void writeTo(CheckpointOutput sink) {
        sink.number(states.length);
        sink.number(size);
        sink.number(depth);
        sink.ints(states, 0, size);
        sink.ints(depths, 0, size);
    }

    @Override
    public void readFrom(CheckpointInput source) {
        states = new int[source.count(StateStore.MAX_STATES)];
        depths = new int[states.length];
        size = source.count(states.length);
        depth = (int) source.number();
        source.ints(states, 0, size);
        source.ints(depths, 0, size);
    }

    @Override
    public long bytes() {
        return 4L * (states.length + depths.length);
    }
}
