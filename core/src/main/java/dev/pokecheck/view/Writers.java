// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.machine.MachineTables;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which CPUs still have a step in front of them that writes a shared variable. It errs on the side of "may": a breakpoint that
 * may be hit, an NMI that may be sent, and a function that stop_machine or an IPI may start count with their whole routines; only spontaneous
 * interrupts do not count.
 */
final class Writers {
    /** The CPU has no such step in front of it. */
    static final int NONE = -1;

    private final MachineTables tables;
    private final Graph graph;
    private final CpuLayout cpu;
    private final long[] state;
    private final int cpus;
    private final int waiting;
    /** The steps that each CPU may still come to, nearest first. */
    private final List<Set<Integer>> ahead = new ArrayList<>();

    /** @param waiting the CPU whose top context does not count, because it waits */
    Writers(MachineTables tables, long[] state, int waiting) {
        this.tables = tables;
        this.state = state;
        this.waiting = waiting;
        graph = tables.graph;
        cpu = tables.cpu;
        cpus = tables.layout.cpus;
        for (int c = 0; c < cpus; c++) {
            int base = tables.layout.cpuBase(c);
            ahead.add(new LinkedHashSet<>());
            int top = cpu.top.getInt(state, base) - (c == waiting ? 1 : 0);
            for (int level = top; level >= 0; level--) {
                reach(pc(c, level), ahead.get(c), step -> false);
            }
            if (tables.rules.nmi.isPending(state, base)) {
                reach(graph.routines().nmi(), ahead.get(c), step -> false);
            }
            reachCalls(c, base);
        }
        spread();
    }

    /** Adds the functions that IPIs have asked a CPU for. */
    private void reachCalls(int c, int base) {
        long callers = tables.rules.calls.queued(state, base);
        for (int level = cpu.top.getInt(state, base); level > 0; level--) {
            callers |= tables.rules.calls.left(state, cpu.frame(base, level));
        }
        for (; callers != 0; callers &= callers - 1) {
            int caller = Long.numberOfTrailingZeros(callers);
            reach(tables.rules.calls.function(state, caller), ahead.get(c), step -> false);
        }
    }

    private int pc(int c, int level) {
        return cpu.pc.getInt(state, cpu.frame(tables.layout.cpuBase(c), level));
    }

    /** Adds the steps reachable from one, without looking past those at which to stop. */
    private void reach(int from, Set<Integer> reached, Predicate<Step> stop) {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            int pc = open.removeFirst();
            if (!stop.test(graph.step(pc)) && reached.add(pc)) {
                nearestFirst(pc).forEach(open::add);
            }
        }
    }

    /** Where control may go from a step; the body of a branch comes after what follows it. */
    private List<Integer> nearestFirst(int pc) {
        List<Integer> next = new ArrayList<>(graph.next(pc));
        Collections.reverse(next);
        return next;
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
                        spread(c, graph.footprint(pc));
                    }
                }
            }
            now = size();
        }
    }

    private int size() {
        return ahead.stream().mapToInt(Set::size).sum();
    }

    private void spread(int c, Footprint footprint) {
        if (footprint.mayTrap() && graph.handlesBreakpoints()) {
            reach(graph.routines().breakpoint(), ahead.get(c), step -> false);
        }
        for (int other = 0; other < cpus; other++) {
            int target = other;
            if (footprint
                    .nmiTarget()
                    .filter(code -> mayBeSentTo(code, c, target))
                    .isPresent()) {
                reach(graph.routines().nmi(), ahead.get(other), step -> false);
            }
            if (footprint.routine().isPresent() && other != c) {
                reach(footprint.routine().getAsInt(), ahead.get(other), step -> false);
            }
        }
    }

    private static boolean mayBeSentTo(Code code, int c, int other) {
        return code.isOwnCpu()
                ? other == c
                : code.constant().isEmpty() || code.constant().getAsInt() == other;
    }

    /** The nearest step that a CPU may still come to, that writes a variable, and that may help; or {@link #NONE}. */
    int nearest(int c, int variable, IntPredicate helps) {
        return nearest(c, pc -> writes(pc, variable) && helps.test(pc));
    }

    /** The nearest step of a sort that a CPU may still come to; or {@link #NONE}. */
    int nearest(int c, IntPredicate wanted) {
        return ahead.get(c).stream().filter(wanted::test).findFirst().orElse(NONE);
    }

    /** The highest context of a CPU that stands between the acquisition and the release of a lock; or {@link #NONE}. */
    int holder(int c, int lock) {
        for (int level = cpu.top.getInt(state, tables.layout.cpuBase(c)); level >= 0; level--) {
            Set<Integer> reached = new LinkedHashSet<>();
            reach(pc(c, level), reached, step -> acquires(step, lock));
            if (reached.stream().anyMatch(pc -> writes(pc, lock))) {
                return level;
            }
        }
        return NONE;
    }

    private static boolean acquires(Step step, int lock) {
        return step.words().waiting() instanceof Waiting.Lock waiting
                && waiting.cell().variable() == lock;
    }

    private boolean writes(int pc, int variable) {
        Footprint footprint = graph.footprint(pc);
        return footprint.writes().contains(variable)
                || footprint.site().stream().anyMatch(site -> unlocks(site, variable));
    }

    /** Whether the code of a site, inlined, writes a variable. */
    private boolean unlocks(int site, int variable) {
        return tables.functions.inlineHasEffect(tables.sites[site])
                && tables.memory
                                .variableOf(tables.functions.effectCell(tables.memory))
                                .id()
                        == variable;
    }
}
