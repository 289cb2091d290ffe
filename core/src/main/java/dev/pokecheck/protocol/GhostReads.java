// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** Whether an expression asks for what only a monitor knows. */
final class GhostReads implements Expr.Visitor<Boolean> {
    /** The one instance. */
    static final GhostReads ANY = new GhostReads();

    private GhostReads() {}

    boolean of(Expr expr) {
        return expr.accept(this);
    }

    @Override
    public Boolean constant(Expr.Const expr) {
        return false;
    }

    @Override
    public Boolean local(Expr.LocalValue expr) {
        return false;
    }

    @Override
    public Boolean read(Expr.Read expr) {
        return of(expr.cell().index());
    }

    @Override
    public Boolean cpuNumber(Expr.CpuNumber expr) {
        return false;
    }

    @Override
    public Boolean inNmi(Expr.InNmi expr) {
        return false;
    }

    @Override
    public Boolean savedAddress(Expr.SavedAddress expr) {
        return false;
    }

    @Override
    public Boolean ghost(Expr.GhostValue expr) {
        return true;
    }

    @Override
    public Boolean noCpuIn(Expr.NoCpuIn expr) {
        return true;
    }

    @Override
    public Boolean unary(Expr.Unary expr) {
        return of(expr.operand());
    }

    @Override
    public Boolean binary(Expr.Binary expr) {
        return of(expr.left()) || of(expr.right());
    }
}
