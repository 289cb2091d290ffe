// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Shared;

/**
 * An element of a shared variable.
 *
 * @param var the variable
 * @param index which element
 */
public record Cell(Var var, Code index) {
    /** Compiles the index. */
    public static Cell of(Shared.Cell cell) {
        return new Cell(cell.var(), Code.of(cell.index()));
    }

    /** The number of the variable. */
    public int variable() {
        return var.id();
    }
}
