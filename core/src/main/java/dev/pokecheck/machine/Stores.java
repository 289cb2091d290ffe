// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.property.Incident;

/** Stores and locked operations, to data and to text, directly or through the store buffer. */
final class Stores {
    private final Hardware hw;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Memory memory;
    private final TextPieces pieces;

    Stores(Hardware hw) {
        this.hw = hw;
        this.layout = hw.layout;
        this.cpu = hw.cpu;
        this.memory = hw.memory;
        this.pieces = hw.pieces;
    }

    void store(long[] state, int base, int cell, int value) {
        if (cell < 0) {
            return;
        }
        if (!memory.holds(cell, value)) {
            hw.incident(Incident.RANGE);
        } else if (hw.tso) {
            cpu.buffer.append(state, base, cell, memory.encode(cell, value));
        } else {
            memory.write(state, cell, value);
        }
    }

    void rmw(long[] state, Op op) {
        int cell = hw.evaluator.cell(op.variable, op.index);
        if (cell < 0) {
            return;
        }
        int old = memory.read(state, cell);
        int value = op.rmw.apply(old, hw.evaluator.value(op.expr));
        if (!memory.holds(cell, value)) {
            hw.incident(Incident.RANGE);
            return;
        }
        memory.write(state, cell, value);
        hw.evaluator.assign(op.local0, old);
    }

    void exchange(long[] state, Op op) {
        int cell = hw.evaluator.cell(op.variable, op.index);
        if (cell < 0) {
            return;
        }
        boolean success = memory.read(state, cell) == hw.evaluator.value(op.expr);
        int desired = hw.evaluator.value(op.desired);
        if (success && !memory.holds(cell, desired)) {
            hw.incident(Incident.RANGE);
        } else if (success) {
            memory.write(state, cell, desired);
        }
        hw.evaluator.assign(op.local0, success ? 1 : 0);
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
        writeText(state, store, piece);
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
        if (hw.tso) {
            cpu.buffer.append(state, base, memory.cells() + store, 0);
            return true;
        }
        writeText(state, store, piece);
        if (pieces.count(store) == 1) {
            return true;
        }
        long done = cpu.storedPieces.get(state, frame) | 1L << piece;
        boolean all = Long.bitCount(done) == pieces.count(store);
        cpu.storedPieces.set(state, frame, all ? 0 : done);
        return all;
    }

    private void writeText(long[] state, int store, int piece) {
        int s = pieces.site(store);
        long old = layout.content[s].get(state, 0);
        long content = pieces.write(store, piece, old);
        if (content == old) {
            return;
        }
        layout.content[s].set(state, 0, content);
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.views[s].set(state, base, hw.views[s].stored(cpu.views[s].getInt(state, base), content));
        }
    }
}
