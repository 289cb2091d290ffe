// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a CPU comes to if no other CPU moves and no spontaneous interrupt comes: it completes something, it comes to where it cannot step, or it
 * goes round in a loop. In the latter two cases it waits for others, however busy it looks.
 */
final class Alone {
    /** A CPU that does so many steps without coming round again is not said to wait. */
    private static final int MAX_STATES = 2_000;

    private final Machine machine;
    private final CpuLayout cpu;
    private final int c;
    private final ActionList actions = new ActionList();
    private final TreeSet<Integer> loop = new TreeSet<>();
    private final List<long[]> inLoop = new ArrayList<>();
    private long[] end = {};
    private boolean completes;

    private Alone(Machine machine, int c) {
        this.machine = machine;
        this.c = c;
        cpu = machine.model().cpu;
    }

    /** What a CPU comes to from a state on. */
    static Alone of(Machine machine, long[] state, int c) {
        Alone alone = new Alone(machine.unreduced(), c);
        long reached = machine.reached();
        alone.completes = alone.mayComplete(state);
        if (!alone.completes) {
            alone.follow(state.clone());
        }
        machine.setReached(reached);
        return alone;
    }

    /** Whether it may complete something, so that it does not wait. */
    boolean completes() {
        return completes;
    }

    /** The steps of the loop in which it goes round; empty if it comes to where it cannot step. */
    Set<Integer> loop() {
        return loop;
    }

    /** The state in which it cannot step, or one in the loop. */
    long[] end() {
        return end.clone();
    }

    /** The state of the loop in which it has the fewest contexts: those that are there all along. */
    long[] shallowest() {
        return inLoop.stream().min(Comparator.comparingInt(this::depth)).orElseThrow();
    }

    private int depth(long[] state) {
        return cpu.top.getInt(state, machine.model().layout.cpuBase(c));
    }

    /** Whether a state is one of the loop. */
    boolean isIn(long[] state) {
        return inLoop.stream().anyMatch(visited -> Arrays.equals(visited, state));
    }

    /** Whether some way leads to where it has finished, completes something, or fails; also if there are too many to tell. */
    private boolean mayComplete(long[] state) {
        Set<LongBuffer> seen = new TreeSet<>();
        Deque<LongBuffer> open = new ArrayDeque<>();
        seen.add(LongBuffer.wrap(state.clone()));
        open.addAll(seen);
        while (!open.isEmpty()) {
            long[] from = open.removeLast().array();
            if (machine.isDone(from, c) || machine.isAtRest(from, c) || seen.size() > MAX_STATES) {
                return true;
            }
            for (int action : steps(from)) {
                long[] to = from.clone();
                long raised = machine.apply(to, action);
                if (raised != 0 || machine.progressed()) {
                    return true;
                }
                LongBuffer next = LongBuffer.wrap(to);
                if (seen.add(next)) {
                    open.addLast(next);
                }
            }
        }
        return false;
    }

    /** What it does, or has done to it, that somebody owes. */
    private List<Integer> steps(long[] state) {
        machine.enabled(state, actions);
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            int action = actions.get(i);
            if (machine.agent(action) == c && !machine.spontaneous(action)) {
                own.add(action);
            }
        }
        return own;
    }

    /** Follows the first way until it ends or closes. */
    private void follow(long[] state) {
        List<long[]> path = new ArrayList<>();
        List<Integer> next = steps(state);
        while (!next.isEmpty() && path.stream().noneMatch(before -> Arrays.equals(before, state))) {
            path.add(state.clone());
            machine.apply(state, next.get(0));
            next = steps(state);
        }
        end = state;
        for (long[] visited : path) {
            if (!inLoop.isEmpty() || Arrays.equals(visited, state)) {
                inLoop.add(visited);
                loop.add(pc(visited));
            }
        }
    }

    private int pc(long[] state) {
        return cpu.pc.getInt(state, cpu.topFrame(state, machine.model().layout.cpuBase(c)));
    }
}
