// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import java.util.OptionalInt;

/** For each step, the first one from there on that does something. */
public final class Shortcuts {
    private static final int NOWHERE = -1;

    private final Graph graph;
    private final LocalSlots slots;

    private Shortcuts(Graph graph, LocalSlots slots) {
        this.graph = graph;
        this.slots = slots;
    }

    /** The shortcuts of a graph whose local variables are in slots. */
    public static int[] of(Graph graph, LocalSlots slots) {
        Shortcuts shortcuts = new Shortcuts(graph, slots);
        int[] through = new int[graph.size()];
        for (int pc = 0; pc < through.length; pc++) {
            through[pc] = shortcuts.through(pc);
        }
        return through;
    }

    private int through(int from) {
        int pc = from;
        // What leads in a circle leads nowhere; control stays in it, where that is noticed.
        for (int n = 0; n < graph.size(); n++) {
            int next = next(pc);
            if (next == NOWHERE) {
                return pc;
            }
            pc = next;
        }
        return from;
    }

    /** Where control is after a step that does nothing. */
    private int next(int pc) {
        if (!graph.step(pc).isLocal() || graph.step(pc).isEnd()) {
            return NOWHERE;
        }
        Footprint footprint = graph.footprint(pc);
        if (footprint.onlyLeads()) {
            return graph.next(pc).get(0);
        }
        OptionalInt decided = footprint.decided();
        if (decided.isPresent()) {
            return decided.getAsInt() != 0 ? pc + 1 : graph.step(pc).flow().target();
        }
        return footprint.assigned().isPresent() && doesNothing(pc, footprint) ? pc + 1 : NOWHERE;
    }

    /** Whether an assignment changes nothing that is kept, and cannot fail. */
    private boolean doesNothing(int pc, Footprint footprint) {
        int to = footprint.assigned().orElseThrow();
        if (Interference.copied(graph, pc) >= 0) {
            int from = footprint.copied().orElseThrow();
            return !slots.keeps(pc) || slots.of(pc, from) == slots.of(pc, to);
        }
        OptionalInt constant = footprint.codes().size() == 1 && footprint.onlyAssigns()
                ? footprint.codes().get(0).constant()
                : OptionalInt.empty();
        return constant.isPresent()
                && !slots.keeps(pc)
                && graph.holds(pc, to, constant.getAsInt(), constant.getAsInt());
    }
}
