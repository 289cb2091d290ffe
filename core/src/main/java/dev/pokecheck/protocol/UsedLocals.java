// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.function.Consumer;

/** Tells of each local variable that an expression reads. */
final class UsedLocals implements Expr.Visitor<Integer> {
    private final Consumer<Local> told;

    UsedLocals(Consumer<Local> told) {
        this.told = told;
    }

    /** Looks at an expression; returns how many it reads. */
    int of(Expr expr) {
        return expr.accept(this);
    }

    @Override
    public Integer constant(Expr.Const expr) {
        return 0;
    }

    @Override
    public Integer local(Expr.LocalValue expr) {
        told.accept(expr.local());
        return 1;
    }

    @Override
    public Integer read(Expr.Read expr) {
        return of(expr.cell().index());
    }

    @Override
    public Integer cpuNumber(Expr.CpuNumber expr) {
        return 0;
    }

    @Override
    public Integer inNmi(Expr.InNmi expr) {
        return 0;
    }

    @Override
    public Integer savedAddress(Expr.SavedAddress expr) {
        return 0;
    }

    @Override
    public Integer ghost(Expr.GhostValue expr) {
        return 0;
    }

    @Override
    public Integer noCpuIn(Expr.NoCpuIn expr) {
        return 0;
    }

    @Override
    public Integer unary(Expr.Unary expr) {
        return of(expr.operand());
    }

    @Override
    public Integer binary(Expr.Binary expr) {
        return of(expr.left()) + of(expr.right());
    }
}
