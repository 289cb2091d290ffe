// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;

/** A shared variable, as a protocol names it. */
public record Shared(Var var) {
    /** One memory cell: a plain variable, or an element of an array. */
    public record Cell(Var var, Expr index) {
        /** Its value in an expression. */
        public Expr value() {
            return new Expr.Read(this);
        }
    }

    /** The variable as a cell. */
    public Cell cell() {
        return at(0);
    }

    /** An element. */
    public Cell at(int index) {
        return new Cell(var, Expr.of(index));
    }

    /** An element whose number is known at run time. */
    public Cell at(Expr index) {
        return new Cell(var, index);
    }

    /** Its value in an expression. */
    public Expr value() {
        return cell().value();
    }
}
