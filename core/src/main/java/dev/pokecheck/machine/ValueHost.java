// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Property.Incident;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Host;

/** The part of the host of the search that evaluates: expressions for one context of one CPU in one state. */
abstract class ValueHost extends Host {
    final Layout layout;
    final CpuLayout cpu;
    final Memory memory;

    private final Locals locals;
    private final int[] stack;

    long[] state = {};
    int c;
    int base;
    int frame;
    private long faults;

    ValueHost(MachineTables tables) {
        layout = tables.layout;
        cpu = tables.cpu;
        memory = tables.memory;
        locals = new Locals(tables);
        stack = new int[tables.graph.valuesInHand()];
    }

    /** Says for whom the next values are; forgets earlier faults. */
    final void look(long[] inState, int number, int cpuBase, int topFrame) {
        // To write a reference costs a barrier of the collector, and it is mostly the same state.
        if (state != inState) {
            state = inState;
        }
        c = number;
        base = cpuBase;
        frame = topFrame;
        faults = 0;
    }

    /** What went wrong in evaluations since {@link #look}, as bits of {@link Incident}. */
    final long faults() {
        return faults;
    }

    private void fault(Incident incident) {
        faults |= incident.bit();
    }

    @Override
    public final boolean failed() {
        return faults != 0;
    }

    @Override
    public final int value(Code code) {
        int top = -1;
        for (int i = 0; i < code.length(); i += 2) {
            int operand = code.word(i + 1);
            switch (code.word(i)) {
                case Code.CONSTANT -> stack[++top] = operand;
                case Code.LOCAL -> stack[++top] = locals.read(state, frame, operand);
                case Code.READ -> stack[top] = load(operand, stack[top]);
                case Code.CPU -> stack[++top] = c;
                case Code.IN_NMI -> stack[++top] = cpu.inNmi.getInt(state, base);
                case Code.SAVED_ADDRESS -> stack[++top] = savedAddress();
                case Code.UNARY -> stack[top] = Code.unary(operand, stack[top]);
                default -> {
                    top--;
                    stack[top] = Code.binary(operand, stack[top], stack[top + 1]);
                }
            }
        }
        return stack[top];
    }

    @Override
    public final void assign(int local, int value) {
        if (local >= 0 && !locals.assign(state, frame, local, value)) {
            fault(Incident.RANGE);
        }
    }

    private int savedAddress() {
        int level = cpu.top.getInt(state, base);
        return level == 0 ? 0 : cpu.place.getInt(state, cpu.frame(base, level - 1));
    }

    /** The number of a cell in memory, or -1 if it is none; a dead object is noticed here. */
    public final int cell(Cell cell) {
        return cell(cell.variable(), value(cell.index()));
    }

    private int cell(int variable, int index) {
        Var var = memory.variable(variable);
        if (index < 0 || index >= var.length()) {
            fault(Incident.INDEX);
            return -1;
        }
        if (var.object() >= 0 && !layout.alive[var.object()].isSet(state, 0)) {
            fault(Incident.DEAD_OBJECT);
        }
        return memory.cell(variable, index);
    }

    /** A load: the newest buffered store of this CPU, or memory. */
    private int load(int variable, int index) {
        int cell = cell(variable, index);
        if (cell < 0) {
            return 0;
        }
        int buffered = cpu.buffer.newest(state, base, cell);
        return buffered >= 0 ? memory.decode(cell, cpu.buffer.value(state, base, buffered)) : memory.read(state, cell);
    }
}
