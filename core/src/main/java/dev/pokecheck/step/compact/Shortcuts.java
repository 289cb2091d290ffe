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
    private final Decisions decisions;

    private Shortcuts(Graph graph, LocalSlots slots) {
        this.graph = graph;
        this.slots = slots;
        decisions = new Decisions(graph);
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
        if (footprint.branch().isPresent()) {
            return switch (decisions.of(pc)) {
                case HOLDS -> pc + 1;
                case DOES_NOT_HOLD -> graph.step(pc).flow().target();
                case OPEN -> NOWHERE;
            };
        }
        if (footprint.check().isPresent()) {
            // One that can never fail counts as made all the same; one that was made before has counted.
            if (footprint.check().get().constant().isPresent()) {
                return NOWHERE;
            }
            return decisions.of(pc) == Decisions.Decision.DOES_NOT_HOLD ? pc + 1 : NOWHERE;
        }
        if (footprint.assigned().isEmpty()) {
            return NOWHERE;
        }
        return doesNothing(pc, footprint) ? pc + 1 : asked(pc, footprint);
    }

    /** Where control is after a constant is assigned to a variable that nothing but branches reads before it is dead; NOWHERE if it is read elsewhere, or out of range. */
    private int asked(int pc, Footprint footprint) {
        OptionalInt constant = constant(footprint);
        int to = footprint.assigned().orElseThrow();
        if (constant.isEmpty() || !graph.holds(pc, to, constant.getAsInt(), constant.getAsInt())) {
            return NOWHERE;
        }
        int at = pc + 1;
        // What goes round for ever asks for ever.
        for (int n = 0; n < graph.size() && slots.isLive(at, to); n++) {
            Footprint next = graph.footprint(at);
            boolean asks = graph.step(at).isLocal()
                    && next.branch()
                            .filter(code -> code.isOfLocals()
                                    && code.locals().size() == 1
                                    && code.locals().contains(to))
                            .isPresent();
            if (asks) {
                boolean holds = next.branch().orElseThrow().where(constant.getAsInt()) != 0;
                at = holds ? at + 1 : graph.step(at).flow().target();
            } else if (graph.step(at).isLocal() && !graph.step(at).isEnd() && next.onlyLeads()) {
                at = graph.next(at).get(0);
            } else {
                return NOWHERE;
            }
        }
        return slots.isLive(at, to) ? NOWHERE : at;
    }

    private static OptionalInt constant(Footprint footprint) {
        return footprint.codes().size() == 1 && footprint.onlyAssigns()
                ? footprint.codes().get(0).constant()
                : OptionalInt.empty();
    }

    /** Whether an assignment changes nothing that is kept, and cannot fail. */
    private boolean doesNothing(int pc, Footprint footprint) {
        int to = footprint.assigned().orElseThrow();
        if (Interference.copied(graph, pc) >= 0) {
            int from = footprint.copied().orElseThrow();
            return !slots.keeps(pc) || slots.of(pc, from) == slots.of(pc, to);
        }
        OptionalInt constant = constant(footprint);
        return constant.isPresent()
                && !slots.keeps(pc)
                && graph.holds(pc, to, constant.getAsInt(), constant.getAsInt());
    }
}
