// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import java.util.BitSet;
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

    /** Where control is after a constant is assigned to a variable that nothing but copies and branches read before all of them are dead; NOWHERE if one is read elsewhere, or out of range. */
    private int asked(int pc, Footprint footprint) {
        OptionalInt constant = constant(footprint);
        int to = footprint.assigned().orElseThrow();
        if (constant.isEmpty() || !graph.holds(pc, to, constant.getAsInt(), constant.getAsInt())) {
            return NOWHERE;
        }
        int value = constant.getAsInt();
        BitSet holders = new BitSet();
        holders.set(to);
        int at = pc + 1;
        // What goes round for ever asks for ever.
        for (int n = 0; n < graph.size() && isLive(at, holders); n++) {
            at = behind(at, holders, value);
            if (at == NOWHERE) {
                return NOWHERE;
            }
        }
        return isLive(at, holders) ? NOWHERE : at;
    }

    private boolean isLive(int pc, BitSet locals) {
        return locals.stream().anyMatch(local -> slots.isLive(pc, local));
    }

    /** Where control is after a step that only asks for one of the variables that hold a value, copies it, or leads on; NOWHERE if it does anything else. */
    private int behind(int at, BitSet holders, int value) {
        Footprint step = graph.footprint(at);
        if (!graph.step(at).isLocal() || graph.step(at).isEnd()) {
            return NOWHERE;
        }
        if (step.onlyLeads()) {
            return graph.next(at).get(0);
        }
        OptionalInt copied = step.copied();
        if (copied.isPresent()) {
            int copy = step.assigned().orElseThrow();
            if (!holders.get(copied.getAsInt()) || !graph.holds(at, copy, value, value)) {
                return NOWHERE;
            }
            holders.set(copy);
            return at + 1;
        }
        boolean asks = step.branch()
                .filter(code -> code.isOfLocals()
                        && code.locals().size() == 1
                        && holders.get(code.locals().iterator().next()))
                .isPresent();
        if (!asks) {
            return NOWHERE;
        }
        return step.branch().orElseThrow().where(value) != 0
                ? at + 1
                : graph.step(at).flow().target();
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
