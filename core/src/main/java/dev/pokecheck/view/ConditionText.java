// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.machine.MachineTables;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ExprText;
import dev.pokecheck.step.Code;
import java.util.ArrayList;
import java.util.List;

/** A condition of one context in the words of C, with the values of its local variables in place of their names. */
final class ConditionText extends ExprText {
    private final MachineTables tables;
    private final ValueNames names;
    private final long[] state;
    private final int cpu;
    private final int frame;
    private final int variable;
    private final List<String> limits = new ArrayList<>();

    /** For the condition of the step at which a context stands. */
    ConditionText(MachineTables tables, ValueNames names, long[] state, int cpu, int frame) {
        this.tables = tables;
        this.names = names;
        this.state = state;
        this.cpu = cpu;
        this.frame = frame;
        CpuLayout layout = tables.cpu;
        List<Code> codes =
                tables.graph.footprint(layout.pc.getInt(state, frame)).codes();
        variable = codes.stream()
                .mapToInt(Code::variable)
                .filter(read -> read >= 0)
                .findFirst()
                .orElse(-1);
    }

    /** What the named constants of the conditions so far are, unless they are values of the variable. */
    List<String> limits() {
        return limits;
    }

    @Override
    public String constant(Expr.Const expr) {
        if (!expr.name().isEmpty() && variable >= 0 && !isValueName(expr)) {
            limits.add(expr.name() + " is " + expr.value());
        }
        return super.constant(expr);
    }

    /** Whether a named constant is one of the values of the variable, rather than a number that something is compared with. */
    private boolean isValueName(Expr.Const expr) {
        Var var = tables.memory.variable(variable);
        return names.text(var, expr.value()).equals(expr.name());
    }

    @Override
    public String local(Expr.LocalValue expr) {
        int value = tables.locals.read(state, frame, expr.local().id());
        return variable < 0 ? Integer.toString(value) : names.text(tables.memory.variable(variable), value);
    }

    @Override
    public String cpuNumber(Expr.CpuNumber expr) {
        return Integer.toString(cpu);
    }
}
