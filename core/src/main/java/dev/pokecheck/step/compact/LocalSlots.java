// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where the local variables of contexts are kept: numbered slots, each with the variables of all routines that share it. Immutable. */
public final class LocalSlots {
    /** The slot of a variable whose value is never read. */
    public static final int NONE = -1;

    private final Graph graph;
    private final LiveLocals live;
    private final int[][] slots;
    private final boolean[] keeps;
    private final List<Long> spans = new ArrayList<>();

    /** Assigns slots to the local variables of all routines of a graph. */
    public LocalSlots(Graph graph) {
        this.graph = graph;
        live = new LiveLocals(graph);
        slots = new int[graph.size()][];
        keeps = new boolean[graph.size()];
        for (int pc = 0; pc < graph.size(); pc++) {
            int assigned = graph.footprint(pc).assigned().orElse(-1);
            keeps[pc] = assigned >= 0 && live.after(pc).get(assigned);
        }
        int end;
        for (int first = 0; first < graph.size(); first = end) {
            end = first + 1;
            while (end < graph.size() && graph.locals(end) == graph.locals(first)) {
                end++;
            }
            Arrays.fill(slots, first, end, routine(first, end));
        }
    }

    /** The slots of the variables of a routine, which has the steps from one to before another. */
    private int[] routine(int first, int end) {
        int count = graph.locals(first).size();
        Interference interference = new Interference(count);
        interference.begins(live.before(first));
        HeldCopies held = new HeldCopies(graph, first, end);
        for (int pc = first; pc < end; pc++) {
            int assigned = graph.footprint(pc).assigned().orElse(-1);
            if (assigned >= 0) {
                interference.assigned(assigned, live.after(pc), held.same(pc));
            }
        }
        return place(first, groups(count, interference, held.all()));
    }

    /** Variables that share a slot as copies of each other, and the others one by one. */
    private static List<BitSet> groups(int count, Interference interference, List<int[]> copies) {
        BitSet[] of = new BitSet[count];
        for (int i = 0; i < count; i++) {
            of[i] = new BitSet();
            of[i].set(i);
        }
        for (int[] copy : copies) {
            BitSet one = of[copy[0]];
            BitSet other = of[copy[1]];
            if (interference.isLive(copy[0]) && !one.get(copy[1]) && !areApart(interference, one, other)) {
                one.or(other);
                other.stream().forEach(local -> of[local] = one);
            }
        }
        List<BitSet> groups = IntStream.range(0, count)
                .filter(interference::isLive)
                .mapToObj(local -> of[local])
                .distinct()
                .toList();
        return color(groups, interference);
    }

    /** Puts groups together that can share a slot. */
    private static List<BitSet> color(List<BitSet> groups, Interference interference) {
        List<BitSet> slots = new ArrayList<>();
        for (BitSet group : groups) {
            slots.stream()
                    .filter(slot -> !areApart(interference, slot, group))
                    .findFirst()
                    .ifPresentOrElse(slot -> slot.or(group), () -> slots.add(group));
        }
        return slots;
    }

    private static boolean areApart(Interference interference, BitSet some, BitSet others) {
        return others.stream().anyMatch(other -> interference.isApartFromAny(other, some));
    }

    /** Numbers the slots of a routine, the widest first: those of other routines with the same numbers are wide, too. */
    private int[] place(int pc, List<BitSet> groups) {
        int[] slot = new int[graph.locals(pc).size()];
        Arrays.fill(slot, NONE);
        List<BitSet> widest = groups.stream()
                .sorted(Comparator.comparing((BitSet group) -> span(pc, group)).reversed())
                .toList();
        for (int number = 0; number < widest.size(); number++) {
            BitSet group = widest.get(number);
            for (int local : group.stream().toArray()) {
                slot[local] = number;
            }
            if (number == spans.size()) {
                spans.add(0L);
            }
            spans.set(number, Math.max(spans.get(number), span(pc, group)));
        }
        return slot;
    }

    private long span(int pc, BitSet group) {
        return group.stream()
                .mapToLong(local -> (long) graph.localMax(pc, local) - graph.localMin(pc, local))
                .max()
                .orElse(0);
    }

    /** The range of each slot: the greatest distance that a value in it has from the least one. */
    public List<Long> spans() {
        return List.copyOf(spans);
    }

    /** The slot of a variable of the routine that a step belongs to, or {@link #NONE}. */
    public int of(int pc, int local) {
        return slots[pc][local];
    }

    /** Whether the value that a step assigns is read anywhere. */
    public boolean keeps(int pc) {
        return keeps[pc];
    }

    /** Whether the value that a local variable has before a step may still be read. */
    boolean isLive(int pc, int local) {
        return live.before(pc).get(local);
    }

    /** The slots that hold something that may still be read, before a step. */
    public BitSet live(int pc) {
        BitSet held = new BitSet();
        live.before(pc).stream().map(local -> slots[pc][local]).forEach(held::set);
        return held;
    }
}
