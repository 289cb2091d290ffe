// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The bytes of a site in a {@code byte[]}, stored and read one by one through a {@link VarHandle}; and a way to read several as they
 * stand at one moment.
 *
 * <p>The coherent fetch model sees an instruction as it is at one moment. {@link #read} gives that: it reads byte by byte and begins again
 * if a store came in between, which a stamp tells. A store makes the stamp odd before it writes and even after, and an odd stamp
 * keeps other stores and reads out; so a thread that is stopped in the middle of a store holds the others up. This stands for the cache
 * line that a store owns; it is no lock of any protocol.
 */
public final class CodeMemory {
    private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final int STAMP = 0;

    private final byte[] bytes;
    private final SharedWords stamp = new SharedWords(0);

    /** Memory that begins as a copy of these bytes. */
    public CodeMemory(byte... initial) {
        bytes = initial.clone();
    }

    /** Stores bytes at once. */
    public void store(int offset, byte... values) {
        int before = begin();
        write(offset, values);
        stamp.store(STAMP, before + 2);
    }

    /** Keeps all others out; returns the stamp from before. */
    private int begin() {
        Backoff backoff = new Backoff();
        int before = stamp.load(STAMP);
        while ((before & 1) != 0 || !stamp.compareAndSet(STAMP, before, before + 1)) {
            backoff.pause();
            before = stamp.load(STAMP);
        }
        return before;
    }

    private void write(int offset, byte... values) {
        for (int i = 0; i < values.length; i++) {
            BYTE.setVolatile(bytes, offset + i, values[i]);
        }
    }

    /** Makes a store, or of a memcpy the byte whose turn it is; returns whether that was all. */
    boolean store(TextStore store, int turn) {
        if (store.isSingle()) {
            store(store.offset(), store.data());
            return true;
        }
        store(store.offset() + turn, store.data()[turn]);
        return turn + 1 == store.data().length;
    }

    /** Makes a single store if bytes have the value that is expected; returns whether they had. */
    boolean exchange(TextRead expected, TextStore desired) {
        int before = begin();
        boolean success = expected.match(bytes) == 0;
        if (success) {
            write(desired.offset(), desired.data());
        }
        stamp.store(STAMP, before + 2);
        return success;
    }

    /** All bytes as they stand at one moment. */
    public byte[] read() {
        byte[] copy = new byte[bytes.length];
        Backoff backoff = new Backoff();
        while (true) {
            int before = stamp.load(STAMP);
            if ((before & 1) == 0) {
                for (int i = 0; i < copy.length; i++) {
                    copy[i] = (byte) BYTE.getVolatile(bytes, i);
                }
                if (stamp.load(STAMP) == before) {
                    return copy;
                }
            }
            backoff.pause();
        }
    }
}
