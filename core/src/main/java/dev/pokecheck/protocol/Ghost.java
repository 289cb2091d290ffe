// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;

/** A variable that only postconditions and stores to other ghosts read: no step of the program sees it. */
public record Ghost(Var var) {
    /** Its value, for {@link Recorder#ensure} and {@link Recorder#ghostStore}. */
    public Expr value() {
        return new Expr.GhostValue(var);
    }
}
