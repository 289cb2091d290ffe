// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.text.TextStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A compiled protocol: the operations of all routines, where each routine begins, and which local variables live where. */
final class Program {
    final Op[] ops;
    final List<TextStore> textStores;
    final boolean stops;
    final boolean sendsNmi;
    final boolean handlesBreakpoints;
    final boolean waitsForGrace;
    /** What the handlers of IPIs execute. */
    final Sync ipiSync;
    /** Whether they return by IRET. */
    final boolean ipiReturnsByIret;

    final int[] threadStart;
    final int breakpointStart;
    final int nmiStart;
    final int irqStart;
    final int mcStart;
    /** What a thread taken over by stop_machine does before and after the function. */
    final int stopWait;
    /** The bits of each local variable number. */
    final List<Integer> localBits;

    private final List<int[]> localMins;
    private final List<int[]> localMaxes;

    Program(Protocol protocol) {
        Compiler compiler = new Compiler();
        threadStart = protocol.threads().stream().mapToInt(compiler::routine).toArray();
        handlesBreakpoints = protocol.breakpoint().isPresent();
        breakpointStart = protocol.breakpoint().map(compiler::routine).orElse(-1);
        nmiStart = compiler.routine(protocol.nmi());
        irqStart = compiler.routine(protocol.irq());
        mcStart = compiler.routine(protocol.mc());
        stopWait = compiler.routine(new Routine("stop", List.of(), List.of()));
        ops = compiler.ops.toArray(Op[]::new);
        ops[stopWait] = new Op(OpCode.STOP_WAIT, "stop", Optional.empty(), false);
        textStores = List.copyOf(compiler.textStores);
        stops = compiler.stops;
        sendsNmi = compiler.sendsNmi;
        waitsForGrace = compiler.waitsForGrace;
        ipiSync = compiler.ipiSync();
        ipiReturnsByIret = compiler.ipiReturnsByIret();
        localBits = compiler.localSpans.stream().map(Field::bitsFor).toList();
        localMins = compiler.localMins;
        localMaxes = compiler.localMaxes;
    }

    /** How many values an expression has in hand at most. */
    int valuesInHand() {
        return Stream.of(ops)
                .flatMap(op -> Stream.of(op.expr, op.desired, op.index))
                .mapToInt(Code::depth)
                .max()
                .orElse(0);
    }

    /** The least value of a local variable of the routine that an operation belongs to. */
    int localMin(int pc, int local) {
        return localMins.get(pc)[local];
    }

    /** The greatest value of a local variable of the routine that an operation belongs to. */
    int localMax(int pc, int local) {
        return localMaxes.get(pc)[local];
    }

    /** Whether a routine does nothing that anybody could notice. */
    boolean isEmpty(int start) {
        int pc = start;
        while (ops[pc].local && ops[pc].code != OpCode.END) {
            pc++;
        }
        return ops[pc].code == OpCode.END;
    }

    /** For each operation, the local variables whose value may still be read. */
    private List<Set<Integer>> liveLocals() {
        List<Set<Integer>> live = new ArrayList<>();
        for (int i = 0; i < ops.length; i++) {
            live.add(new TreeSet<>());
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = ops.length - 1; i >= 0; i--) {
                Op op = ops[i];
                Set<Integer> before = new TreeSet<>();
                if (op.code != OpCode.END && op.code != OpCode.STOP_WAIT && op.code != OpCode.UNHANDLED) {
                    if (op.code != OpCode.JUMP) {
                        before.addAll(live.get(i + 1));
                    }
                    if (op.code == OpCode.JUMP || op.code == OpCode.BRANCH_FALSE) {
                        before.addAll(live.get(op.target));
                    }
                }
                before.remove(op.local0);
                before.addAll(Code.locals(op.expr));
                before.addAll(Code.locals(op.desired));
                before.addAll(Code.locals(op.index));
                if (!before.equals(live.get(i))) {
                    live.set(i, before);
                    changed = true;
                }
            }
        }
        return live;
    }

    /** Marks, for each operation, the bits of dead local variables, so that what can no longer matter is not told apart. */
    void clearDeadLocals(CpuLayout cpu) {
        List<Set<Integer>> live = liveLocals();
        for (int pc = 0; pc < ops.length; pc++) {
            long[] keep = new long[cpu.frameWords()];
            Arrays.fill(keep, -1L);
            for (int i = 0; i < cpu.locals.length; i++) {
                if (!live.get(pc).contains(i)) {
                    Field field = cpu.locals[i];
                    keep[field.word()] &= ~(field.max() << field.shift());
                }
            }
            ops[pc].keep = keep;
        }
    }
}
