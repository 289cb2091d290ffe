// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.ValueText;

/** The part of the host of the search that evaluates: expressions for one context of one CPU in one state. */
abstract class ValueHost extends Host {
    /** What {@link HandlerKind} speaks of, in its order. */
    private static final ContextKind[] HANDLERS = {
        ContextKind.BP, ContextKind.NMI, ContextKind.IRQ, ContextKind.MC, ContextKind.IPI
    };

    final Layout layout;
    final CpuLayout cpu;
    final Memory memory;

    private final MachineTables tables;
    private final Unserialized unserialized;
    private final Locals locals;
    private final StepLog log;
    private final long fatal;
    private final int[] stack;

    long[] state = {};
    int c;
    int base;
    int frame;
    private int way;
    private long faults;

    ValueHost(Hardware hw) {
        tables = hw.tables;
        log = hw.log;
        unserialized = hw.unserialized;
        fatal = tables.scenario.fatal();
        layout = tables.layout;
        cpu = tables.cpu;
        memory = tables.memory;
        locals = tables.locals;
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
        way = 0;
        faults = 0;
    }

    /** Says in which of its ways the step is taken; 0 unless this is called. */
    public final void inWay(int number) {
        way = number;
    }

    @Override
    public final int way() {
        return way;
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
        return (faults & fatal) != 0;
    }

    @Override
    public final int value(Code code) {
        return switch (code.form()) {
            case CONSTANT -> code.word(1);
            case LOCAL -> locals.read(state, frame, code.word(1));
            case LOCAL_AND_CONSTANT -> Code.binary(code.word(5), locals.read(state, frame, code.word(1)), code.word(3));
            case TWO_LOCALS ->
                Code.binary(
                        code.word(5), locals.read(state, frame, code.word(1)), locals.read(state, frame, code.word(3)));
            case ONE_LOCAL -> code.where(locals.read(state, frame, code.word(1)));
            case ELEMENT -> load(code.word(3), code.word(1));
            case ELEMENT_AT -> load(code.element(), value(code.index()));
            case ANY -> wordByWord(code);
        };
    }

    private int wordByWord(Code code) {
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
                case Code.NO_CPU_IN -> stack[++top] = isNoCpuIn(HANDLERS[operand]) ? 1 : 0;
                case Code.EVERY_CPU_SERIALIZED_SINCE ->
                    stack[++top] = unserialized.isNobody(state, base, operand) ? 1 : 0;
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
        // What cannot be read ends the run here, with all variables as they were.
        if (local >= 0 && !failed() && !locals.assign(state, frame, local, value)) {
            fault(Incident.RANGE);
        }
    }

    private boolean isNoCpuIn(ContextKind handler) {
        for (int number = 0; number < layout.cpus; number++) {
            if (cpu.isOnStack(state, layout.cpuBase(number), handler)) {
                return false;
            }
        }
        return true;
    }

    private int savedAddress() {
        int level = cpu.top.getInt(state, base);
        return level == 0 ? 0 : cpu.place.getInt(state, cpu.frame(base, level - 1));
    }

    @Override
    public final boolean memoryHolds(Cell cell, int expected) {
        int at = cell(cell);
        return at >= 0 && inMemory(at) == expected;
    }

    @Override
    public final String memoryText(Cell cell, ValueText values) {
        int at = cell(cell);
        return at < 0 ? "" : values.of(cell.variable(), inMemory(at));
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
        if (var.length() > 1) {
            log.reach(Reached.INDEXED);
        }
        if (var.object() >= 0) {
            use(var.object());
        }
        return memory.cell(variable, index);
    }

    private void use(int object) {
        log.reach(Reached.OBJECT_USED);
        if (!layout.alive[object].isSet(state, 0)) {
            log.reach(Reached.DEAD_OBJECT_USED);
            fault(Incident.DEAD_OBJECT);
        }
    }

    /** A load: the newest buffered store of this CPU, or memory. */
    private int load(int variable, int index) {
        int cell = cell(variable, index);
        if (cell < 0) {
            return 0;
        }
        int buffered = cpu.buffer.newest(state, base, cell);
        return buffered >= 0
                ? memory.decode(cell, cpu.buffer.value(state, base, buffered))
                : inMemory(memory.variable(variable), cell);
    }

    /** What memory holds; of a dead object, the guess that this way of the step is. */
    final int inMemory(int cell) {
        return inMemory(memory.variableOf(cell), cell);
    }

    private int inMemory(Var var, int cell) {
        return var.object() >= 0 && tables.isGuessed(state, var)
                ? tables.guess(state, cpu.pc.getInt(state, frame), var, way)
                : memory.read(state, cell);
    }
}
