// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private final int waiting;
    /** The operations that each CPU may still come to, nearest first. */
    private final List<Set<Integer>> ahead = new ArrayList<>();

    /** @param waiting the CPU whose top context does not count, because it waits */
    Writers(Machine machine, long[] state, int waiting) {
        this.machine = machine;
        this.state = state;
        this.waiting = waiting;
        program = machine.program();
        cpu = machine.layout().cpu;
        cpus = machine.agents();
        for (int c = 0; c < cpus; c++) {
            int base = machine.layout().cpuBase(c);
            ahead.add(new LinkedHashSet<>());
            int top = cpu.top.getInt(state, base) - (c == waiting ? 1 : 0);
            for (int level = top; level >= 0; level--) {
                reach(pc(c, level), ahead.get(c), op -> false);
            }
            if (cpu.nmiPending.isSet(state, base)) {
                reach(program.nmiStart, ahead.get(c), op -> false);
            }
        }
        spread();
    }

    private int pc(int c, int level) {
        return cpu.pc.getInt(state, cpu.frame(machine.layout().cpuBase(c), level));
    }

    /** Adds the operations reachable from one, without looking behind those at which to stop. */
    private void reach(int from, Set<Integer> reached, Predicate<Op> stop) {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            int pc = open.removeFirst();
            Op op = program.ops[pc];
            if (stop.test(op) || !reached.add(pc)) {
                continue;
            }
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
                // What lies below a context that waits cannot start anything before that context has returned.
                if (c != waiting) {
                    for (int pc : List.copyOf(ahead.get(c))) {
                        spread(c, program.ops[pc]);
                    }
                }
            }
            now = size();
        }
    }

    private int size() {
        return ahead.stream().mapToInt(Set::size).sum();
    }

    private void spread(int c, Op op) {
        if ((op.code == OpCode.EXECUTE || op.code == OpCode.FOREIGN_INT3) && program.handlesBreakpoints) {
            reach(program.breakpointStart, ahead.get(c), o -> false);
        }
        for (int other = 0; other < cpus; other++) {
            if (op.code == OpCode.SEND_NMI && mayBeSentTo(op, c, other)) {
                reach(program.nmiStart, ahead.get(other), o -> false);
            } else if (op.code == OpCode.STOP_RUN && other != c) {
                reach(op.number, ahead.get(other), o -> false);
            }
        }
    }

    private static boolean mayBeSentTo(Op op, int c, int other) {
        return switch (op.expr[0]) {
            case Code.CPU -> other == c || op.expr.length > 2;
            case Code.CONSTANT -> other == op.expr[1] || op.expr.length > 2;
            default -> true;
        };
    }

    /** The nearest operation that a CPU may still come to, that writes a variable, and that may help; or {@link #NONE}. */
    int nearest(int c, int variable, Predicate<Op> helps) {
        return ahead.get(c).stream()
                .filter(pc -> writes(program.ops[pc], variable) && helps.test(program.ops[pc]))
                .findFirst()
                .orElse(NONE);
    }

    /** The highest context of a CPU that stands between the acquisition and the release of a lock; or {@link #NONE}. */
    int holder(int c, Op acquire) {
        for (int level = cpu.top.getInt(state, machine.layout().cpuBase(c)); level >= 0; level--) {
            Set<Integer> reached = new LinkedHashSet<>();
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
