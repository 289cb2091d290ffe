// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.Var;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import java.util.List;

/** Which steps are sure not to end a run, whatever the state, so that none of them has to be taken back. It errs on the side of "may end it". */
final class Failures {
    private final Graph graph;
    private final List<Var> variables;

    Failures(Graph graph, List<Var> variables) {
        this.graph = graph;
        this.variables = variables;
    }

    /** Whether a step may end the run. */
    boolean mayFail(int pc) {
        Footprint footprint = graph.footprint(pc);
        return !footprint.canOnlyEvaluate()
                || !footprint.codes().stream().allMatch(code -> code.readsOnly(this::isSafe))
                || (footprint.assigned().isPresent()
                        && !fits(
                                pc,
                                footprint.assigned().getAsInt(),
                                footprint.codes().get(0)));
    }

    /** Whether an element is there, and is no field of an object, which may be dead. */
    private boolean isSafe(int variable, int index) {
        Var var = variables.get(variable);
        return var.object() < 0 && index >= 0 && index < var.length();
    }

    /** Whether a local variable is sure to hold a value: a constant, or what a variable with no more values has. */
    private boolean fits(int pc, int local, Code value) {
        if (value.constant().isPresent()) {
            int constant = value.constant().getAsInt();
            return graph.holds(pc, local, constant, constant);
        }
        if (value.local().isPresent()) {
            int from = value.local().getAsInt();
            return graph.holds(pc, local, graph.localMin(pc, from), graph.localMax(pc, from));
        }
        if (value.read().isPresent()) {
            Var var = variables.get(value.read().getAsInt());
            return graph.holds(pc, local, var.min(), var.max());
        }
        return false;
    }
}
