// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Replaces {@code defined NAME} and {@code defined(NAME)} by 1 or 0, before macros are expanded. */
final class Defined {
    private final MacroTable macros;

    Defined(MacroTable macros) {
        this.macros = macros;
    }

    List<Token> replacedIn(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (!token.is("defined")) {
                out.add(token);
                continue;
            }
            boolean brackets = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
            int name = at + (brackets ? 2 : 1);
            at = name + (brackets ? 1 : 0);
            if (at >= tokens.size()
                    || !tokens.get(name).isIdentifier()
                    || (brackets && !tokens.get(at).is(")"))) {
                throw token.wrong("'defined' takes one name", "");
            }
            String value = macros.isDefined(tokens.get(name).text()) ? "1" : "0";
            out.add(new Token(TokenKind.NUMBER, value, token.spelled(), token.use(), false, true, false));
        }
        return out;
    }
}
