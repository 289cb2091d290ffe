// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.FunctionType;
import java.util.List;
import java.util.Optional;

/**
 * A function.
 *
 * @param at its name, where it is defined, or else declared
 * @param type its type
 * @param parameters its parameters, as its definition names them
 * @param body what it does; empty if it is only declared
 */
public record CFunction(Token at, FunctionType type, List<Variable> parameters, Optional<CStmt.Block> body) {
    /** Copies the list. */
    public CFunction {
        parameters = List.copyOf(parameters);
    }

    /** Its name. */
    public String name() {
        return at.text();
    }
}
