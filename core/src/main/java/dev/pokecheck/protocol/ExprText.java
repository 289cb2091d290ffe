// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** An expression in the words of C. A subclass may know more, the value of a variable say, and put that in its place. */
public class ExprText implements Expr.Visitor<String> {
    /** For subclasses, and for {@link CText}. */
    protected ExprText() {}

    /** The text of an expression. */
    public final String of(Expr expr) {
        return expr.accept(this);
    }

    /** The text of a memory cell. */
    public final String of(Shared.Cell cell) {
        boolean isWhole = cell.var().length() == 1 && !(cell.index() instanceof Expr.Const index && index.value() != 0);
        return isWhole ? cell.var().name() : cell.var().name() + "[" + of(cell.index()) + "]";
    }

    @Override
    public String constant(Expr.Const expr) {
        return expr.name().isEmpty() ? Integer.toString(expr.value()) : expr.name();
    }

    @Override
    public String local(Expr.LocalValue expr) {
        return expr.local().name();
    }

    @Override
    public String read(Expr.Read expr) {
        return of(expr.cell());
    }

    @Override
    public String cpuNumber(Expr.CpuNumber expr) {
        return "smp_processor_id()";
    }

    @Override
    public String inNmi(Expr.InNmi expr) {
        return "in_nmi()";
    }

    @Override
    public String savedAddress(Expr.SavedAddress expr) {
        return "regs->ip";
    }

    @Override
    public String ghost(Expr.GhostValue expr) {
        return expr.var().name();
    }

    @Override
    public String noCpuIn(Expr.NoCpuIn expr) {
        return "no_cpu_in(" + expr.handler().text() + ")";
    }

    @Override
    public String everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        return "every_cpu_serialized_since(" + expr.site().name() + ")";
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

    private String side(Expr expr) {
        return expr instanceof Expr.Binary ? "(" + of(expr) + ")" : of(expr);
    }
}
