// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/**
 * A macro.
 *
 * @param name its name, where it is defined
 * @param parameters those of a macro that looks like a function; the last of a variadic one is {@code __VA_ARGS__}, or its own name
 * @param isVariadic whether the last parameter takes all arguments that are left
 * @param body what it stands for
 */
record Macro(Token name, Optional<List<String>> parameters, boolean isVariadic, List<Token> body) {
    Macro {
        parameters = parameters.map(List::copyOf);
        body = List.copyOf(body);
    }

    /** The number of a parameter, -1 if a token is none. */
    int parameter(Token token) {
        return token.isIdentifier() && parameters.isPresent() ? parameters.get().indexOf(token.text()) : -1;
    }

    boolean isFunctionLike() {
        return parameters.isPresent();
    }

    /** Whether two definitions of one name are allowed beside each other (C17, 6.10.3). */
    boolean isSameAs(Macro other) {
        return parameters.equals(other.parameters)
                && isVariadic == other.isVariadic
                && spelling().equals(other.spelling());
    }

    private List<String> spelling() {
        return body.stream()
                .map(token -> (token.isSpaced() ? " " : "") + token.text())
                .toList();
    }
}
