// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr.UnaryOp;

/** Evaluates compiled expressions for one context of one CPU in one state. */
final class Evaluator {
    private final Layout layout;
    private final CpuLayout cpu;
    private final Program program;
    private final Memory memory;
    private final int[] stack;

    private long[] state = {};
    private int c;
    private int base;
    private int frame;
    private long faults;

    Evaluator(Layout layout, Program program, Memory memory) {
        this.layout = layout;
        this.cpu = layout.cpu;
        this.program = program;
        this.memory = memory;
        this.stack = new int[program.valuesInHand()];
    }

    /** Says for whom the next values are; forgets earlier faults. */
    void context(long[] inState, int number, int cpuBase, int topFrame) {
        state = inState;
        c = number;
        base = cpuBase;
        frame = topFrame;
        faults = 0;
    }

    /** What went wrong since {@link #context}, as bits of {@link Incident}. */
    long faults() {
        return faults;
    }

    int value(int[] code) {
        int top = -1;
        for (int i = 0; i < code.length; i += 2) {
            int operand = code[i + 1];
            switch (code[i]) {
                case Code.CONSTANT -> stack[++top] = operand;
                case Code.LOCAL ->
                    stack[++top] = cpu.locals[operand].getInt(state, frame)
                            + program.localMin(cpu.pc.getInt(state, frame), operand);
                case Code.READ -> stack[top] = load(operand, stack[top]);
                case Code.CPU -> stack[++top] = c;
                case Code.IN_NMI -> stack[++top] = cpu.inNmi.getInt(state, base);
                case Code.SAVED_ADDRESS -> stack[++top] = savedAddress();
                case Code.UNARY -> stack[top] = unary(Code.unaryOp(operand), stack[top]);
                default -> {
                    top--;
                    stack[top] = Code.binary(operand, stack[top], stack[top + 1]);
                }
            }
        }
        return stack[top];
    }

    /** Assigns a local variable of the context; -1 is none. */
    void assign(int local, int value) {
        if (local < 0) {
            return;
        }
        int pc = cpu.pc.getInt(state, frame);
        if (value < program.localMin(pc, local) || value > program.localMax(pc, local)) {
            fault(Incident.RANGE);
        } else {
            cpu.locals[local].set(state, frame, (long) value - program.localMin(pc, local));
        }
    }

    private static int unary(UnaryOp op, int operand) {
        return switch (op) {
            case NOT -> operand == 0 ? 1 : 0;
            case BIT -> 1 << operand;
            case WEIGHT -> Integer.bitCount(operand);
        };
    }

    private int savedAddress() {
        int level = cpu.top.getInt(state, base);
        return level == 0 ? 0 : cpu.place.getInt(state, cpu.frame(base, level - 1));
    }

    private void fault(Incident incident) {
        faults |= incident.bit();
    }

    /** The cell of an access, or -1 if it is none; a dead object is noticed here. */
    int cell(int variable, int[] index) {
        return cell(variable, value(index));
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
