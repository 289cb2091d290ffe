// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.dump;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;

/** An expression in the form of the package. */
final class ExpressionDump implements Expr.Visitor<String> {
    private static final ExpressionDump EXPRESSIONS = new ExpressionDump();

    private ExpressionDump() {}

    static String of(Expr expr) {
        return expr.accept(EXPRESSIONS);
    }

    static String of(Shared.Cell cell) {
        return Dump.variable(cell.var()) + "[" + of(cell.index()) + "]";
    }

    static String of(Local local) {
        return "l" + local.id() + ":" + local.min() + ".." + local.max();
    }

    @Override
    public String constant(Expr.Const expr) {
        return Dump.number(expr.value());
    }

    @Override
    public String local(Expr.LocalValue expr) {
        return of(expr.local());
    }

    @Override
    public String read(Expr.Read expr) {
        return "(read " + of(expr.cell()) + ")";
    }

    @Override
    public String cpuNumber(Expr.CpuNumber expr) {
        return "(cpu)";
    }

    @Override
    public String inNmi(Expr.InNmi expr) {
        return "(in-nmi)";
    }

    @Override
    public String savedAddress(Expr.SavedAddress expr) {
        return "(saved-address)";
    }

    @Override
    public String ghost(Expr.GhostValue expr) {
        return "(ghost " + Dump.variable(expr.var()) + ")";
    }

    @Override
    public String noCpuIn(Expr.NoCpuIn expr) {
        return "(no-cpu-in " + Dump.word(expr.handler()) + ")";
    }

    @Override
    public String everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        return "(every-cpu-serialized-since " + Dump.site(expr.site()) + ")";
    }

    @Override
    public String unary(Expr.Unary expr) {
        return "(" + Dump.word(expr.op()) + " " + of(expr.operand()) + ")";
    }

    @Override
    public String binary(Expr.Binary expr) {
        return "(" + Dump.word(expr.op()) + " " + of(expr.left()) + " " + of(expr.right()) + ")";
    }
}
