// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of tokens one after the other. The end of a file, if it is the last, is read again and again. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean hasNext() {
        return at < tokens.size();
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token next = tokens.get(at);
        at += next.isEnd() ? 0 : 1;
        return next;
    }

    /** All that is left of the present line. */
    List<Token> restOfLine() {
        List<Token> line = new ArrayList<>();
        while (!peek().isFirst()) {
            line.add(next());
        }
        return line;
    }
}
