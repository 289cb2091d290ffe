// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Graph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** For each step of a graph, the local variables whose value may still be read. */
final class LiveLocals {
    private final List<BitSet> before = new ArrayList<>();
    private final List<BitSet> after = new ArrayList<>();

    LiveLocals(Graph graph) {
        for (int pc = 0; pc < graph.size(); pc++) {
            before.add(new BitSet());
            after.add(new BitSet());
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int pc = graph.size() - 1; pc >= 0; pc--) {
                changed |= update(graph, pc);
            }
        }
    }

    private boolean update(Graph graph, int pc) {
        BitSet out = after.get(pc);
        graph.next(pc).forEach(next -> out.or(before.get(next)));
        BitSet in = (BitSet) out.clone();
        graph.footprint(pc).assigned().ifPresent(in::clear);
        graph.footprint(pc).localReads().forEach(in::set);
        return !in.equals(before.set(pc, in));
    }

    /** Those that are live before a step. The caller does not change it. */
    BitSet before(int pc) {
        return before.get(pc);
    }

    /** Those that are live after a step. The caller does not change it. */
    BitSet after(int pc) {
        return after.get(pc);
    }
}
