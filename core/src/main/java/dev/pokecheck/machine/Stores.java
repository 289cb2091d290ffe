// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.text.SiteText;

/** Stores and locked operations, to data and to text, directly or through the store buffer. */
final class Stores {
    private final Layout layout;
    private final CpuLayout cpu;
    private final Memory memory;
    private final TextPieces pieces;
    private final TextReads reads;
    private final SiteText[] texts;
    private final boolean tso;
    private final StepLog log;
    private final FetchViews fetchViews;
    private final OwnStores own;

    Stores(MachineTables tables, StepLog log, FetchViews fetchViews, OwnStores own) {
        this.log = log;
        this.own = own;
        this.fetchViews = fetchViews;
        layout = tables.layout;
        cpu = tables.cpu;
        memory = tables.memory;
        pieces = tables.pieces;
        reads = tables.reads;
        texts = tables.texts;
        tso = tables.tso;
    }

    /** Whether there is room for a store; a run says whether there ever was none. */
    boolean hasRoom(long[] state, int base) {
        if (tso && cpu.buffer.isFull(state, base)) {
            log.reach(Reached.FULL_BUFFER);
            return false;
        }
        return true;
    }

    void store(long[] state, int base, int cell, int value) {
        if (cell < 0) {
            return;
        }
        if (!memory.holds(cell, value)) {
            log.incident(Incident.RANGE);
        } else if (tso) {
            cpu.buffer.append(state, base, cell, memory.encode(cell, value));
        } else {
            memory.write(state, cell, value);
        }
    }

    /** Replaces a value at once, as locked operations do; returns whether the new one is in its range. */
    boolean replace(long[] state, int cell, int value) {
        if (!memory.holds(cell, value)) {
            log.incident(Incident.RANGE);
            return false;
        }
        memory.write(state, cell, value);
        return true;
    }

    /** The pieces of the oldest buffered store that reach memory along with one, if it is a store to text. */
    long keepingTo(long[] state, int base, int piece) {
        int store = cpu.buffer.target(state, base, 0) - memory.cells();
        return store < 0 ? 0 : pieces.groups(store).along(cpu.drainedPieces.get(state, base), piece);
    }

    void drain(long[] state, int base, int piece) {
        int target = cpu.buffer.target(state, base, 0);
        if (target < memory.cells()) {
            memory.writeEncoded(state, target, cpu.buffer.value(state, base, 0));
            cpu.buffer.removeOldest(state, base);
            return;
        }
        int store = target - memory.cells();
        long done = cpu.drainedPieces.get(state, base) | 1L << piece;
        writeText(state, base, store, piece, true);
        if (Long.bitCount(done) == pieces.count(store)) {
            cpu.drainedPieces.set(state, base, 0);
            cpu.buffer.removeOldest(state, base);
        } else {
            cpu.drainedPieces.set(state, base, done);
        }
    }

    // ---- text

    /** Executes a text store, or one piece of it; returns whether the statement is done. */
    boolean textPoke(long[] state, int base, int frame, int store, int piece) {
        if (tso) {
            cpu.buffer.append(state, base, memory.cells() + store, 0);
            return true;
        }
        writeText(state, base, store, piece, false);
        if (pieces.count(store) == 1) {
            return true;
        }
        long done = cpu.storedPieces.get(state, frame) | 1L << piece;
        boolean all = Long.bitCount(done) == pieces.count(store);
        cpu.storedPieces.set(state, frame, all ? 0 : done);
        return all;
    }

    private void writeText(long[] state, int base, int store, int piece, boolean buffered) {
        int s = pieces.site(store);
        long old = layout.content[s].get(state, 0);
        long content = pieces.write(store, piece, old);
        if (content != old) {
            fetchViews.store(state, s, content);
        }
        own.arrived(state, base, store, piece, buffered);
    }

    // ---- text as data

    /** The number of the value that a CPU reads, -1 if it is none: its own buffered stores are forwarded to it. */
    int readText(long[] state, int base, int read) {
        int s = reads.site(read);
        long content = layout.content[s].get(state, 0);
        for (int i = 0; tso && i < cpu.buffer.size(state, base); i++) {
            int store = cpu.buffer.target(state, base, i) - memory.cells();
            if (store >= 0 && pieces.isOfText(store, texts[s])) {
                content = pieces.writeAll(store, content);
            }
        }
        return reads.match(read, content);
    }

    /** Makes a store at once if memory has the value that is expected. */
    boolean exchangeText(long[] state, int base, int read, int store) {
        boolean success = reads.match(read, layout.content[reads.site(read)].get(state, 0)) == 0;
        if (success) {
            writeText(state, base, store, 0, false);
        }
        return success;
    }
}
