// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.protocol.RmwOp;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Shared words: an {@code int[]} each of whose elements is accessed by {@link VarHandle} with volatile semantics, so that all accesses
 * are sequentially consistent.
 */
public final class SharedWords {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] words;

    /** They begin as a copy of these. */
    public SharedWords(int... initial) {
        words = initial.clone();
    }

    /** The value of a word. */
    public int load(int at) {
        return (int) WORD.getVolatile(words, at);
    }

    /** Stores a value. */
    public void store(int at, int value) {
        WORD.setVolatile(words, at, value);
    }

    /** Adds; returns the value before. */
    public int add(int at, int value) {
        return (int) WORD.getAndAdd(words, at, value);
    }

    /** Replaces; returns the value before. */
    public int exchange(int at, int value) {
        return (int) WORD.getAndSet(words, at, value);
    }

    /** Stores {@code desired} if the word is {@code expected}; returns whether it was. */
    public boolean compareAndSet(int at, int expected, int desired) {
        return WORD.compareAndSet(words, at, expected, desired);
    }

    /** The same; returns the value before. */
    public int compareAndExchange(int at, int expected, int desired) {
        return (int) WORD.compareAndExchange(words, at, expected, desired);
    }

    /** A locked read-modify-write; returns the value before. */
    public int update(int at, RmwOp op, int operand) {
        while (true) {
            int old = load(at);
            if (compareAndSet(at, old, op.apply(old, operand))) {
                return old;
            }
        }
    }
}
