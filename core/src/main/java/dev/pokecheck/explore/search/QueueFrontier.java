// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/** First in, first out. As states arrive in the order of their numbers, two numbers are the whole queue. */
final class QueueFrontier implements Frontier {
    private int head;
    private int tail;
    /** The first state of the next level; states below it that wait are as deep as {@link #depth}. */
    private int nextLevel;

    private int depth = -1;

    @Override
    public void add(int state, int depth) {
        if (state != tail) {
            throw new IllegalArgumentException("state " + state + " added after " + tail + " states");
        }
        tail++;
    }

    @Override
    public int take() {
        if (head == tail) {
            return NONE;
        }
        if (head == nextLevel) {
            nextLevel = tail;
            depth++;
        }
        return head++;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int size() {
        return tail - head;
    }

    @Override
    public void writeTo(CheckpointOutput sink) {
        sink.number(head);
        sink.number(tail);
        sink.number(nextLevel);
        sink.number(depth);
    }

    @Override
    public void readFrom(CheckpointInput source) {
        head = (int) source.number();
        tail = (int) source.number();
        nextLevel = (int) source.number();
        depth = (int) source.number();
    }

    @Override
    public long bytes() {
        return 0;
    }
}
