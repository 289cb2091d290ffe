// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.compact.LocalSlots;

/** The local variables of contexts, kept in slots as the distance from the least value of each. */
public final class Locals {
    private final Graph graph;
    private final LocalSlots slots;
    private final CpuLayout cpu;
    private final Field[] fields;

    Locals(Graph graph, LocalSlots slots, CpuLayout cpu) {
        this.graph = graph;
        this.slots = slots;
        this.cpu = cpu;
        fields = cpu.locals;
    }

    /** The value of a variable that may still be read where a context stands. */
    public int read(long[] state, int frame, int local) {
        int pc = cpu.pc.getInt(state, frame);
        return fields[slots.of(pc, local)].getInt(state, frame) + graph.localMin(pc, local);
    }

    /** Assigns what the step assigns at which a context stands; returns whether the value is in the variable's range. Out of it, the variable keeps its value. */
    boolean assign(long[] state, int frame, int local, int value) {
        int pc = cpu.pc.getInt(state, frame);
        int min = graph.localMin(pc, local);
        if (value < min || value > graph.localMax(pc, local)) {
            return false;
        }
        if (slots.keeps(pc)) {
            fields[slots.of(pc, local)].set(state, frame, (long) value - min);
        }
        return true;
    }
}
