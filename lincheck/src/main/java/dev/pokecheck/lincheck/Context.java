// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.step.LocalRanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A context of a CPU: where it is in its routine, its local variables, and the execution of a site that it is in. */
final class Context {
    final ContextKind kind;
    /** IF of the CPU when this context began. */
    final boolean interruptsBefore;

    private LocalRanges ranges = new LocalRanges(List.of());
    private int[] locals = {};

    /** The number of its next step; of an execution's context, of the step that executes. */
    int pc;

    @Nullable
    Execution execution;
    /** How many bytes of the text store that is under way are in memory. */
    int stored;

    Context(ContextKind kind, boolean interruptsBefore) {
        this.kind = kind;
        this.interruptsBefore = interruptsBefore;
    }

    /** Goes to the first step of a routine; each local variable has its least value. */
    void start(int first, LocalRanges localRanges) {
        pc = first;
        ranges = localRanges;
        locals = new int[ranges.size()];
        for (int i = 0; i < locals.length; i++) {
            locals[i] = ranges.min(i);
        }
    }

    int local(int number) {
        return locals[number];
    }

    /** Assigns; returns whether the value is in the range of the local variable. */
    boolean assign(int number, int value) {
        locals[number] = value;
        return ranges.min(number) <= value && value <= ranges.max(number);
    }
}
