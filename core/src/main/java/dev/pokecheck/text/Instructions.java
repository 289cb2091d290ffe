// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Finds the instructions of a version: those that control can come to from its first byte, and from each other entry that is not inside one of these
 * and where bytes decode. All else in it is data.
 */
final class Instructions {
    private final long address;
    private final byte[] code;
    private final Insn[] byOffset;
    private final Deque<Integer> open = new ArrayDeque<>();
    /** Offsets after a breakpoint: whether control comes there is up to its handler. */
    private final Deque<Integer> afterBreakpoints = new ArrayDeque<>();

    private OptionalInt undecoded = OptionalInt.empty();

    /**
     * Looks through the bytes of a version that stands at an address.
     *
     * @param entries where executions may enter, 0 first
     */
    Instructions(long address, byte[] code, int... entries) {
        this.address = address;
        this.code = code;
        byOffset = new Insn[code.length];
        Arrays.fill(byOffset, Insn.INVALID);
        open.add(0);
        while (!open.isEmpty() && undecoded.isEmpty()) {
            int offset = open.removeFirst();
            if (!visit(offset)) {
                undecoded = OptionalInt.of(offset);
            }
        }
        while (!afterBreakpoints.isEmpty()) {
            mayBegin(afterBreakpoints.removeFirst());
        }
        for (int entry : entries) {
            if (!isInside(entry)) {
                mayBegin(entry);
            }
        }
    }

    /** Control may come to an offset; what does not decode is data. */
    private void mayBegin(int offset) {
        open.add(offset);
        while (!open.isEmpty()) {
            visit(open.removeFirst());
        }
    }

    private boolean isInside(int offset) {
        for (int begin = 0; begin < offset; begin++) {
            if (byOffset[begin].isValid() && begin + byOffset[begin].length() > offset) {
                return true;
            }
        }
        return false;
    }

    /** Decodes one instruction and opens what can follow it; returns whether there is one. */
    private boolean visit(int offset) {
        if (offset == code.length || byOffset[offset].isValid()) {
            return true;
        }
        Insn insn = Decoder.decode(code, offset, code.length, address + offset);
        if (!insn.isValid()) {
            return false;
        }
        byOffset[offset] = insn;
        if (insn.kind().fallsThrough()) {
            (insn.isBreakpoint() ? afterBreakpoints : open).add(offset + insn.length());
        }
        long target = insn.target() - address;
        if (insn.kind().isRelativeBranch() && target >= 0 && target < code.length) {
            open.add((int) target);
        }
        return true;
    }

    /** Where control comes to bytes that are no whole instruction; empty if nowhere. */
    OptionalInt undecoded() {
        return undecoded;
    }

    /** The instruction at each offset, {@link Insn#INVALID} where none begins. */
    Insn[] byOffset() {
        return byOffset.clone();
    }
}
