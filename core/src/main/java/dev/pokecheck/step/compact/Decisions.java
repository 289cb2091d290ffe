// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.step.Code;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the conditions of local branches and checks are sure to come to: constants, and those that were asked before, on every way to the step, with no assignment to a
 * variable of theirs since. C follows a pointer again and again, and each time asks whether it is null.
 *
 * <p>A fact is a condition and whether it holds: numbers 2n and 2n+1 for the nth condition.
 */
final class Decisions {
    /** What is known of a condition before it is evaluated. */
    enum Decision {
        HOLDS,
        DOES_NOT_HOLD,
        OPEN
    }

    private final Graph graph;
    private final List<Code> conditions = new ArrayList<>();
    private final int[] numbers;
    private final Facts before;

    Decisions(Graph graph) {
        this.graph = graph;
        numbers = new int[graph.size()];
        before = new Facts(graph.size());
        for (int pc = 0; pc < numbers.length; pc++) {
            numbers[pc] = number(pc);
        }
        boolean changed = true;
        for (int pc = 0; pc < numbers.length; pc++) {
            if (pc == 0 || graph.step(pc - 1).isEnd()) {
                before.meet(pc, new BitSet());
            }
        }
        while (changed) {
            changed = false;
            for (int pc = 0; pc < numbers.length; pc++) {
                changed |= pass(pc);
            }
        }
    }

    private Optional<Code> condition(int pc) {
        Footprint footprint = graph.footprint(pc);
        return graph.step(pc).isLocal() ? footprint.branch().or(footprint::check) : Optional.empty();
    }

    /** The number of the condition of a step; -1 if it has none of local variables only. */
    private int number(int pc) {
        Optional<Code> asked = condition(pc).filter(Code::isOfLocals);
        if (asked.isEmpty()) {
            return -1;
        }
        for (int n = 0; n < conditions.size(); n++) {
            if (conditions.get(n).isSame(asked.get())) {
                return n;
            }
        }
        conditions.add(asked.get());
        return conditions.size() - 1;
    }

    /** Hands on what is known before a step to those that may follow; returns whether that was new to one of them. */
    private boolean pass(int pc) {
        Optional<BitSet> in = before.before(pc);
        if (in.isEmpty()) {
            return false;
        }
        BitSet out = (BitSet) in.get().clone();
        graph.footprint(pc).assigned().ifPresent(local -> forget(out, local));
        boolean changed = false;
        List<Integer> next = graph.next(pc);
        boolean leadsApart = next.size() > 1 && !next.get(0).equals(next.get(1));
        for (int to : next) {
            BitSet facts = out;
            if (numbers[pc] >= 0 && (graph.footprint(pc).check().isPresent() || leadsApart)) {
                facts = (BitSet) out.clone();
                boolean holds = graph.footprint(pc).branch().isPresent() && to == pc + 1;
                facts.set(2 * numbers[pc] + (holds ? 1 : 0));
            }
            changed |= before.meet(to, facts);
        }
        return changed;
    }

    private void forget(BitSet facts, int local) {
        for (int n = 0; n < conditions.size(); n++) {
            if (conditions.get(n).locals().contains(local)) {
                facts.clear(2 * n, 2 * n + 2);
            }
        }
    }

    /** What the condition of a local branch or check is sure to come to. */
    Decision of(int pc) {
        Optional<Code> asked = condition(pc);
        if (asked.isPresent() && asked.get().constant().isPresent()) {
            return asked.get().constant().getAsInt() != 0 ? Decision.HOLDS : Decision.DOES_NOT_HOLD;
        }
        Optional<BitSet> facts = before.before(pc);
        if (facts.isEmpty() || numbers[pc] < 0) {
            return Decision.OPEN;
        }
        if (facts.get().get(2 * numbers[pc] + 1)) {
            return Decision.HOLDS;
        }
        return facts.get().get(2 * numbers[pc]) ? Decision.DOES_NOT_HOLD : Decision.OPEN;
    }
}
