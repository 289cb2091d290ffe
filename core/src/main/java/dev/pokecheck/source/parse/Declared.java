// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import java.util.List;
import java.util.Optional;

/**
 * One name of a declaration.
 *
 * @param at where it is
 * @param name the name; empty if it declares none
 * @param type its type
 * @param parameters those of a function
 * @param range which values it has, if the author says so
 */
record Declared(Token at, Optional<Token> name, CType type, List<Variable> parameters, Optional<Range> range) {
    Declared {
        parameters = List.copyOf(parameters);
    }

    /** The name, which must be there. */
    Token named() {
        return name.orElseThrow(() -> at.wrong("expected a name, found " + at.quoted(), ""));
    }
}
