// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;
import java.util.stream.Stream;

/** An expression and all that are inside it. */
public final class ExprParts implements Expr.Visitor<Stream<Expr>> {
    /** The one instance. */
    public static final ExprParts ALL = new ExprParts();

    private ExprParts() {}

    /** Adds them to a list, in the order of the visitor. */
    static void addTo(List<Expr> parts, Expr expr) {
        parts.add(expr);
        if (expr instanceof Expr.Binary binary) {
            addTo(parts, binary.left());
            addTo(parts, binary.right());
        } else if (expr instanceof Expr.Unary unary) {
            addTo(parts, unary.operand());
        } else if (expr instanceof Expr.Read read) {
            addTo(parts, read.cell().index());
        }
    }

    @Override
    public Stream<Expr> constant(Expr.Const expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> local(Expr.LocalValue expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> read(Expr.Read expr) {
        return Stream.concat(Stream.of(expr), expr.cell().index().accept(this));
    }

    @Override
    public Stream<Expr> cpuNumber(Expr.CpuNumber expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> inNmi(Expr.InNmi expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> savedAddress(Expr.SavedAddress expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> ghost(Expr.GhostValue expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> noCpuIn(Expr.NoCpuIn expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        return Stream.of(expr);
    }

    @Override
    public Stream<Expr> unary(Expr.Unary expr) {
        return Stream.concat(Stream.of(expr), expr.operand().accept(this));
    }

    @Override
    public Stream<Expr> binary(Expr.Binary expr) {
        Stream<Expr> inside =
                Stream.concat(expr.left().accept(this), expr.right().accept(this));
        return Stream.concat(Stream.of(expr), inside);
    }
}
