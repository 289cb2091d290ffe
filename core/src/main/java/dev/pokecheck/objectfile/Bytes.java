// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian bytes with a place in them, from which numbers are read in turn. What lies beyond the end is refused. */
final class Bytes {
    private static final int MOST_LEB_BITS = 63;

    private final String what;
    private final byte[] data;
    private int at;

    /** @param what how messages name them */
    Bytes(String what, byte... data) {
        this.what = what;
        this.data = data;
    }

    int at() {
        return at;
    }

    int length() {
        return data.length;
    }

    boolean isAtEnd() {
        return at == data.length;
    }

    /** Goes on at another place. */
    Bytes seek(long to) {
        if (to < 0 || to > data.length) {
            throw wrong("there is nothing at byte " + to + " of " + data.length);
        }
        at = (int) to;
        return this;
    }

    /** Goes on some bytes later. */
    void skip(long bytes) {
        require(bytes);
        at += (int) bytes;
    }

    private void require(long bytes) {
        if (bytes < 0 || bytes > data.length - at) {
            throw wrong("it ends in the middle, at byte " + at + " of " + data.length);
        }
    }

    ObjectFileException wrong(String message) {
        return new ObjectFileException(what + ": " + message);
    }

    /** A number of 1, 2, 4 or 8 bytes without a sign. */
    long number(int bytes) {
        require(bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | (data[at + i] & 0xff);
        }
        at += bytes;
        return value;
    }

    int u8() {
        return (int) number(1);
    }

    int s8() {
        return (byte) number(1);
    }

    int u16() {
        return (int) number(2);
    }

    long u32() {
        return number(4);
    }

    long u64() {
        return number(8);
    }

    long uleb() {
        return leb(false);
    }

    long sleb() {
        return leb(true);
    }

    private long leb(boolean isSigned) {
        long value = 0;
        for (int shift = 0; shift <= MOST_LEB_BITS; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                boolean isNegative = isSigned && (next & 0x40) != 0 && shift + 7 < Long.SIZE;
                return isNegative ? value | -1L << (shift + 7) : value;
            }
        }
        throw wrong("a number of more than 64 bits at byte " + at);
    }

    /** A string that ends with a zero byte. */
    String string() {
        int end = at;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        if (end == data.length) {
            throw wrong("a string without an end at byte " + at);
        }
        String text = new String(data, at, end - at, StandardCharsets.UTF_8);
        at = end + 1;
        return text;
    }

    /** The bytes of a part. */
    byte[] part(long from, long bytes) {
        if (from < 0 || bytes < 0 || from > data.length || bytes > data.length - from) {
            throw wrong(bytes + " bytes from " + from + " on, of " + data.length);
        }
        return Arrays.copyOfRange(data, (int) from, (int) (from + bytes));
    }

    /** Overwrites a number of 4 or 8 bytes. */
    void put(long where, int bytes, long value) {
        if (where < 0 || where > data.length - bytes) {
            throw wrong("a relocation of byte " + where + " of " + data.length);
        }
        for (int i = 0; i < bytes; i++) {
            data[(int) where + i] = (byte) (value >> (8 * i));
        }
    }
}
