// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Which CPUs still have an operation in front of them that writes a shared variable. It errs on the side of "may": a breakpoint that
 * may be hit, an NMI that may be sent, and a function that stop_machine may start count with their whole routines; only spontaneous
 * interrupts do not count.
 */
final class Writers {
    /** The CPU has no such operation in front of it. */
    static final int NONE = -1;

    private final Machine machine;
    private final Program program;
    private final CpuLayout cpu;
    private final long[] state;
    private final int cpus;
    /** The operations that each CPU may still come to. */
    private final BitSet[] ahead;

    /** @param waiting the CPU whose top context does not count, because it waits */
    Writers(Machine machine, long[] state, int waiting) {
        this.machine = machine;
        this.state = state;
        program = machine.program();
        cpu = machine.layout().cpu;
        cpus = machine.agents();
        ahead = new BitSet[cpus];
        for (int c = 0; c < cpus; c++) {
            int base = machine.layout().cpuBase(c);
            ahead[c] = new BitSet();
            int top = cpu.top.getInt(state, base) - (c == waiting ? 1 : 0);
            for (int level = 0; level <= top; level++) {
                reach(pc(c, level), ahead[c], op -> false);
            }
            if (cpu.nmiPending.isSet(state, base)) {
                reach(program.nmiStart, ahead[c], op -> false);
            }
        }
        spread();
    }

    private int pc(int c, int level) {
        return cpu.pc.getInt(state, cpu.frame(machine.layout().cpuBase(c), level));
    }

    /** Adds the operations reachable from one, without looking behind those at which to stop. */
    private void reach(int from, BitSet reached, Predicate<Op> stop) {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            int pc = open.removeLast();
            Op op = program.ops[pc];
            if (reached.get(pc) || stop.test(op)) {
                continue;
            }
            reached.set(pc);
            switch (op.code) {
                case END, STOP_WAIT, UNHANDLED -> {
                    // The routine ends here.
                }
                case JUMP -> open.add(op.target);
                case BRANCH_FALSE -> {
                    open.add(op.target);
                    open.add(pc + 1);
                }
                default -> open.add(pc + 1);
            }
        }
    }

    /** Adds the handlers and functions that the operations ahead can start. */
    private void spread() {
        int before = -1;
        int now = size();
        while (now != before) {
            before = now;
            for (int c = 0; c < cpus; c++) {
                for (int pc : ahead[c].stream().toArray()) {
                    spread(c, program.ops[pc]);
                }
            }
            now = size();
        }
    }

    private int size() {
        int all = 0;
        for (BitSet set : ahead) {
            all += set.cardinality();
        }
        return all;
    }

    private void spread(int c, Op op) {
        if (op.code == OpCode.EXECUTE && program.handlesBreakpoints) {
            reach(program.breakpointStart, ahead[c], o -> false);
        } else if (op.code == OpCode.SEND_NMI || op.code == OpCode.STOP_RUN) {
            int start = op.code == OpCode.SEND_NMI ? program.nmiStart : op.number;
            for (int other = 0; other < cpus; other++) {
                if (other != c || op.code == OpCode.SEND_NMI) {
                    reach(start, ahead[other], o -> false);
                }
            }
        }
    }

    /** The first operation that a CPU may still come to, that writes a variable, and that may help; or {@link #NONE}. */
    int first(int c, int variable, Predicate<Op> helps) {
        return ahead[c].stream()
                .filter(pc -> writes(program.ops[pc], variable) && helps.test(program.ops[pc]))
                .findFirst()
                .orElse(NONE);
    }

    /** The highest context of a CPU that stands between the acquisition and the release of a lock; or {@link #NONE}. */
    int holder(int c, Op acquire) {
        for (int level = cpu.top.getInt(state, machine.layout().cpuBase(c)); level >= 0; level--) {
            BitSet reached = new BitSet();
            reach(pc(c, level), reached, op -> op.code == OpCode.AWAIT_EXCHANGE && op.variable == acquire.variable);
            if (reached.stream().anyMatch(pc -> writes(program.ops[pc], acquire.variable))) {
                return level;
            }
        }
        return NONE;
    }

    private boolean writes(Op op, int variable) {
        return switch (op.code) {
            case STORE, RMW, COMPARE_EXCHANGE, AWAIT_EXCHANGE -> op.variable == variable;
            case EXECUTE -> machine.functions().inlineHasEffect(machine.site(op.number)) && effect().id() == variable;
            default -> false;
        };
    }

    private Var effect() {
        return machine.memory().variableOf(machine.functions().effectCell(machine.memory()));
    }
}
