// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.Expr;
import java.util.List;
import java.util.stream.Stream;

/** The local variables that an expression reads; the saved address of the context below counts as one of its own. */
final class LocalReads implements Expr.Visitor<List<Integer>> {
    static final LocalReads OF = new LocalReads();

    /** Stands for the saved address among the numbers of local variables. */
    static final int SAVED_ADDRESS = -1;

    private LocalReads() {}

    @Override
    public List<Integer> constant(Expr.Const expr) {
        return List.of();
    }

    @Override
    public List<Integer> local(Expr.LocalValue expr) {
        return List.of(expr.local().id());
    }

    @Override
    public List<Integer> read(Expr.Read expr) {
        return expr.cell().index().accept(this);
    }

    @Override
    public List<Integer> cpuNumber(Expr.CpuNumber expr) {
        return List.of();
    }

    @Override
    public List<Integer> inNmi(Expr.InNmi expr) {
        return List.of();
    }

    @Override
    public List<Integer> savedAddress(Expr.SavedAddress expr) {
        return List.of(SAVED_ADDRESS);
    }

    @Override
    public List<Integer> ghost(Expr.GhostValue expr) {
        return List.of();
    }

    @Override
    public List<Integer> noCpuIn(Expr.NoCpuIn expr) {
        return List.of();
    }

    @Override
    public List<Integer> unary(Expr.Unary expr) {
        return expr.operand().accept(this);
    }

    @Override
    public List<Integer> binary(Expr.Binary expr) {
        return Stream.concat(expr.left().accept(this).stream(), expr.right().accept(this).stream())
                .toList();
    }
}
