// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** Counts the shared variables that an expression reads. */
final class SharedReads implements Expr.Visitor<Integer> {
    /** The one instance. */
    static final SharedReads COUNT = new SharedReads();

    private SharedReads() {}

    @Override
    public Integer constant(Expr.Const expr) {
        return 0;
    }

    @Override
    public Integer local(Expr.LocalValue expr) {
        return 0;
    }

    @Override
    public Integer read(Expr.Read expr) {
        return 1 + expr.cell().index().accept(this);
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
        return expr.operand().accept(this);
    }

    @Override
    public Integer binary(Expr.Binary expr) {
        return expr.left().accept(this) + expr.right().accept(this);
    }
}
