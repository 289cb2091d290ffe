// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Protocol;
import java.util.List;

/**
 * What the code behind each operation may still do: which shared variables it may read and write, as sets of bits, and whether it may
 * interrupt others. Variables beyond the 64th share bits, which makes more of them look accessed than are.
 */
class Accesses {
    /** For each operation, what it and all that can follow it in its context may read. */
    final long[] reads;
    /** The same for writes. */
    final long[] writes;
    /** Whether it may interrupt threads of other CPUs, by sync* or stop_machine. */
    final boolean[] interrupts;
    /** What functions of stop_machine, started from here on, may read on other CPUs. */
    final long[] stopReads;
    /** The same for writes. */
    final long[] stopWrites;

    private final Program program;
    private final Protocol protocol;

    static Accesses of(Program program, Protocol protocol) {
        Accesses accesses = new Accesses(program, protocol);
        accesses.gather();
        return accesses;
    }

    /** Knows of nothing that an operation may do before {@link #gather}. */
    Accesses(Program program, Protocol protocol) {
        this.program = program;
        this.protocol = protocol;
        int n = program.ops.length;
        reads = new long[n];
        writes = new long[n];
        interrupts = new boolean[n];
        stopReads = new long[n];
        stopWrites = new long[n];
    }

    /** Works out what follows from what each operation does itself. */
    final void gather() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int pc = program.ops.length - 1; pc >= 0; pc--) {
                changed |= update(pc);
            }
        }
    }

    private boolean update(int pc) {
        long r = reads[pc];
        long w = writes[pc];
        boolean d = interrupts[pc];
        long sr = stopReads[pc];
        long sw = stopWrites[pc];
        Op op = program.ops[pc];
        own(pc, op);
        if (op.code != OpCode.END && op.code != OpCode.STOP_WAIT) {
            if (op.code != OpCode.JUMP) {
                add(pc, pc + 1);
            }
            if (op.code == OpCode.JUMP || op.code == OpCode.BRANCH_FALSE) {
                add(pc, op.target);
            }
        }
        return r != reads[pc] || w != writes[pc] || d != interrupts[pc] || sr != stopReads[pc] || sw != stopWrites[pc];
    }

    private void add(int pc, int from) {
        reads[pc] |= reads[from];
        writes[pc] |= writes[from];
        interrupts[pc] |= interrupts[from];
        stopReads[pc] |= stopReads[from];
        stopWrites[pc] |= stopWrites[from];
    }

    /** Adds what an operation does itself. */
    void own(int pc, Op op) {
        op.shared = bit(Code.variable(op.expr)) | bit(op.variable);
        reads[pc] |= bit(Code.variable(op.expr));
        switch (op.code) {
            case STORE -> writes[pc] |= bit(op.variable);
            case RMW, COMPARE_EXCHANGE, AWAIT_EXCHANGE -> {
                reads[pc] |= bit(op.variable);
                writes[pc] |= bit(op.variable);
            }
            case EXECUTE, FOREIGN_INT3 -> {
                if (program.handlesBreakpoints) {
                    add(pc, program.breakpointStart);
                }
                protocol.unlock()
                        .ifPresent(
                                effect -> writes[pc] |= bit(effect.cell().var().id()));
            }
            case OBJECT_LIFE -> fieldsOf(op.number).forEach(variable -> writes[pc] |= bit(variable));
            case SYNC_SEND, STOP_BEGIN -> interrupts[pc] = true;
            case STOP_RUN -> {
                interrupts[pc] = true;
                stopReads[pc] |= reads[op.number];
                stopWrites[pc] |= writes[op.number];
            }
            default -> {
                // Nothing that others share.
            }
        }
    }

    private List<Integer> fieldsOf(int object) {
        return protocol.variables().stream()
                .filter(var -> var.object() == object)
                .map(Var::id)
                .toList();
    }

    /** The bit of a variable; none for -1. */
    static long bit(int variable) {
        return variable < 0 ? 0 : 1L << (variable & 63);
    }
}
