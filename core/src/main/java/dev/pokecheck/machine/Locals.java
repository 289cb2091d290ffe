// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.step.Graph;

/** The local variables of contexts, kept as the distance from the least value of each. */
final class Locals {
    private final Graph graph;
    private final CpuLayout cpu;

    Locals(MachineTables tables) {
        graph = tables.graph;
        cpu = tables.cpu;
    }

    int read(long[] state, int frame, int local) {
        return cpu.locals[local].getInt(state, frame) + graph.localMin(cpu.pc.getInt(state, frame), local);
    }

    /** Assigns; returns whether the value is in the variable's range. Out of it, the variable keeps its value. */
    boolean assign(long[] state, int frame, int local, int value) {
        int pc = cpu.pc.getInt(state, frame);
        int min = graph.localMin(pc, local);
        if (value < min || value > graph.localMax(pc, local)) {
            return false;
        }
        cpu.locals[local].set(state, frame, (long) value - min);
        return true;
    }
}
