// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.protocol.Expr;
import java.util.ArrayList;
import java.util.List;

/** A condition of one context in the words of C, with the values of its local variables in place of their names. */
final class ConditionText implements Expr.Visitor<String> {
    private final Machine machine;
    private final ValueNames names;
    private final long[] state;
    private final int cpu;
    private final int frame;
    private final int variable;
    private final List<String> limits = new ArrayList<>();

    /** For the condition of the operation at which a context stands. */
    ConditionText(Machine machine, ValueNames names, long[] state, int cpu, int frame) {
        this.machine = machine;
        this.names = names;
        this.state = state;
        this.cpu = cpu;
        this.frame = frame;
        CpuLayout layout = machine.layout().cpu;
        variable = Code.variable(machine.program().ops[layout.pc.getInt(state, frame)].expr);
    }

    String of(Expr expr) {
        return expr.accept(this);
    }

    /** What the named constants of the conditions so far are, unless they are values of the variable. */
    List<String> limits() {
        return limits;
    }

    private String side(Expr expr) {
        return expr instanceof Expr.Binary ? "(" + of(expr) + ")" : of(expr);
    }

    @Override
    public String constant(Expr.Const expr) {
        if (!expr.name().isEmpty() && variable >= 0 && !isValueName(expr)) {
            limits.add(expr.name() + " is " + expr.value());
        }
        return CText.of(expr);
    }

    /** Whether a named constant is one of the values of the variable, rather than a number that something is compared with. */
    private boolean isValueName(Expr.Const expr) {
        Var var = machine.memory().variable(variable);
        return names.text(var, expr.value()).equals(expr.name());
    }

    @Override
    public String local(Expr.LocalValue expr) {
        CpuLayout layout = machine.layout().cpu;
        int id = expr.local().id();
        int value =
                layout.locals[id].getInt(state, frame) + machine.program().localMin(layout.pc.getInt(state, frame), id);
        return variable < 0
                ? Integer.toString(value)
                : names.text(machine.memory().variable(variable), value);
    }

    @Override
    public String read(Expr.Read expr) {
        Var var = expr.cell().var();
        return var.length() == 1
                ? var.name()
                : var.name() + "[" + of(expr.cell().index()) + "]";
    }

    @Override
    public String cpuNumber(Expr.CpuNumber expr) {
        return Integer.toString(cpu);
    }

    @Override
    public String inNmi(Expr.InNmi expr) {
        return CText.of(expr);
    }

    @Override
    public String savedAddress(Expr.SavedAddress expr) {
        return CText.of(expr);
    }

    @Override
    public String unary(Expr.Unary expr) {
        String operand = of(expr.operand());
        return switch (expr.op()) {
            case NOT -> "!(" + operand + ")";
            case BIT -> "BIT(" + operand + ")";
            case WEIGHT -> "weight(" + operand + ")";
        };
    }

    @Override
    public String binary(Expr.Binary expr) {
        return side(expr.left()) + " " + expr.op().sign() + " " + side(expr.right());
    }
}
