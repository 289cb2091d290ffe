// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.data.Var;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;

/** Evaluates expressions for the top context of a CPU. An expression reads at most one shared variable, so its value is of one moment. */
final class Values implements Expr.Visitor<Integer> {
    /** The context for which expressions have their values. */
    interface Viewpoint {
        /** The number of its CPU. */
        int number();

        /** Whether its CPU handles an NMI. */
        boolean inNmi();

        /** The saved address of the context below it, as a place; 0 if there is none. */
        int savedAddress();

        int local(Local local);
    }

    private final Viewpoint view;
    private final Program program;
    private final SharedWords words;

    Values(Viewpoint view, Program program, SharedWords words) {
        this.view = view;
        this.program = program;
        this.words = words;
    }

    int of(Expr expr) {
        return expr.accept(this);
    }

    boolean isTrue(Expr expr) {
        return of(expr) != 0;
    }

    /** The word of a cell; a dead object and an index out of bounds are faults. */
    int word(Var var, Expr indexed) {
        int index = of(indexed);
        if (index < 0 || index >= var.length()) {
            throw new Mishap(Property.BUG, var.name() + "[" + index + "] does not exist");
        }
        if (var.object() >= 0 && words.load(program.alive(var.object())) == 0) {
            throw new Mishap(Property.DEAD_OBJECT, var.name() + " is used while its object is dead");
        }
        return program.cell(var, index);
    }

    @Override
    public Integer constant(Expr.Const expr) {
        return expr.value();
    }

    @Override
    public Integer local(Expr.LocalValue expr) {
        return view.local(expr.local());
    }

    @Override
    public Integer read(Expr.Read expr) {
        return words.load(word(expr.cell().var(), expr.cell().index()));
    }

    @Override
    public Integer cpuNumber(Expr.CpuNumber expr) {
        return view.number();
    }

    @Override
    public Integer inNmi(Expr.InNmi expr) {
        return view.inNmi() ? 1 : 0;
    }

    @Override
    public Integer savedAddress(Expr.SavedAddress expr) {
        return view.savedAddress();
    }

    @Override
    public Integer ghost(Expr.GhostValue expr) {
        throw new IllegalStateException("threads keep no ghost variables");
    }

    @Override
    public Integer noCpuIn(Expr.NoCpuIn expr) {
        throw new IllegalStateException("threads do not know who is in a handler");
    }

    @Override
    public Integer everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        throw new IllegalStateException("threads do not know who has serialized");
    }

    @Override
    public Integer unary(Expr.Unary expr) {
        int operand = of(expr.operand());
        return switch (expr.op()) {
            case NOT -> operand == 0 ? 1 : 0;
            case BIT -> 1 << operand;
            case WEIGHT -> Integer.bitCount(operand);
        };
    }

    @Override
    public Integer binary(Expr.Binary expr) {
        int left = of(expr.left());
        return expr.op().apply(left, of(expr.right()));
    }
}
