// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.compact.LocalSlots;

/** The local variables of contexts, kept in slots as the distance from the least value of each. */
public final class Locals {
    /** Where those are kept whose value is never read. */
    private static final Field NOWHERE = new Field(0, 0, 0);

    private final CpuLayout cpu;
    private final boolean[] keeps;
    /** Each variable of the routine that a step belongs to, by the number of the step; the steps of a routine share theirs. */
    private final Slot[][] slots;

    private record Slot(Field field, int min, int max) {}

    Locals(Graph graph, LocalSlots kept, CpuLayout cpu) {
        this.cpu = cpu;
        keeps = new boolean[graph.size()];
        slots = new Slot[graph.size()][];
        for (int pc = 0; pc < keeps.length; pc++) {
            keeps[pc] = kept.keeps(pc);
            slots[pc] = pc > 0 && graph.locals(pc) == graph.locals(pc - 1)
                    ? slots[pc - 1]
                    : slots(graph, kept, cpu.locals, pc);
        }
    }

    private static Slot[] slots(Graph graph, LocalSlots kept, Field[] fields, int pc) {
        Slot[] slots = new Slot[graph.locals(pc).size()];
        for (int local = 0; local < slots.length; local++) {
            int slot = kept.of(pc, local);
            slots[local] = new Slot(
                    slot == LocalSlots.NONE ? NOWHERE : fields[slot],
                    graph.localMin(pc, local),
                    graph.localMax(pc, local));
        }
        return slots;
    }

    /** The value of a variable that may still be read where a context stands. */
    public int read(long[] state, int frame, int local) {
        Slot slot = slots[cpu.pc.getInt(state, frame)][local];
        return slot.field.getInt(state, frame) + slot.min;
    }

    /** Assigns what the step assigns at which a context stands; returns whether the value is in the variable's range. Out of it, the variable keeps its value. */
    boolean assign(long[] state, int frame, int local, int value) {
        int pc = cpu.pc.getInt(state, frame);
        Slot slot = slots[pc][local];
        if (value < slot.min || value > slot.max) {
            return false;
        }
        if (keeps[pc]) {
            slot.field.set(state, frame, (long) value - slot.min);
        }
        return true;
    }
}
