// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Graph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Which copies of a routine hold at a step: on every way to it the copy was made, and neither of its two variables was assigned since. */
final class HeldCopies {
    private final Graph graph;
    private final int first;
    /** Pairs of a variable and the one that it was copied from. */
    private final List<int[]> copies = new ArrayList<>();
    /** By the number of a local variable, its copies on either side. */
    private final List<BitSet> of = new ArrayList<>();
    /** By the distance of a step from the first, the number of the copy that it makes, or -1. */
    private final int[] made;
    /** The copies that hold before each step. */
    private final Facts facts;

    /** Of the routine that has the steps from one to before another. */
    HeldCopies(Graph graph, int first, int end) {
        this.graph = graph;
        this.first = first;
        made = new int[end - first];
        facts = new Facts(end - first);
        for (int local = 0; local < graph.locals(first).size(); local++) {
            of.add(new BitSet());
        }
        for (int pc = first; pc < end; pc++) {
            int copied = Interference.copied(graph, pc);
            made[pc - first] = copied < 0 ? -1 : copies.size();
            if (copied >= 0) {
                int to = graph.footprint(pc).assigned().orElseThrow();
                of.get(to).set(copies.size());
                of.get(copied).set(copies.size());
                copies.add(new int[] {to, copied});
            }
        }
        if (!copies.isEmpty()) {
            follow();
        }
    }

    private void follow() {
        Deque<Integer> open = new ArrayDeque<>();
        facts.meet(0, new BitSet());
        open.add(first);
        while (!open.isEmpty()) {
            int pc = open.remove();
            BitSet after = after(pc);
            for (int next : graph.next(pc)) {
                if (next >= first && next < first + made.length && facts.meet(next - first, after)) {
                    open.add(next);
                }
            }
        }
    }

    private BitSet after(int pc) {
        BitSet after = new BitSet();
        facts.before(pc - first).ifPresent(after::or);
        graph.footprint(pc).assigned().ifPresent(local -> after.andNot(of.get(local)));
        int copy = made[pc - first];
        if (copy >= 0 && copies.get(copy)[0] != copies.get(copy)[1]) {
            after.set(copy);
        }
        return after;
    }

    /** All copies that the routine makes, held or not: pairs of a variable and the one that it was copied from. */
    List<int[]> all() {
        return copies;
    }

    /** The variables that have one value after a step, because they are copies of each other: those of the variable that it assigns, with itself. */
    BitSet same(int pc) {
        BitSet same = new BitSet();
        int assigned = graph.footprint(pc).assigned().orElseThrow();
        same.set(assigned);
        if (made[pc - first] < 0) {
            return same;
        }
        BitSet held = after(pc);
        Deque<Integer> open = new ArrayDeque<>();
        open.add(assigned);
        while (!open.isEmpty()) {
            BitSet its = (BitSet) of.get(open.remove()).clone();
            its.and(held);
            its.stream()
                    .flatMap(copy -> Arrays.stream(copies.get(copy)))
                    .filter(local -> !same.get(local))
                    .forEach(local -> {
                        same.set(local);
                        open.add(local);
                    });
        }
        return same;
    }
}
