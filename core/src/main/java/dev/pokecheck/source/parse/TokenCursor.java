// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.List;
import java.util.function.Supplier;

/** Where reading is in a list of tokens, and how deep. */
final class TokenCursor {
    /** So deep things may nest. */
    static final int MOST_NESTED = 150;

    private final List<Token> tokens;
    private int at;
    private int depth;

    /** @param tokens the last is the end of the file */
    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The present token. */
    Token peek() {
        return tokens.get(at);
    }

    /** One of those that follow. */
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token next = peek();
        at += next.isEnd() ? 0 : 1;
        return next;
    }

    boolean is(String text) {
        return peek().is(text);
    }

    boolean accept(String text) {
        boolean found = is(text);
        at += found ? 1 : 0;
        return found;
    }

    Token expect(String text) {
        if (!is(text)) {
            throw unexpected("'" + text + "'");
        }
        return next();
    }

    Token identifier(String what) {
        if (!peek().isIdentifier() || Keywords.isReserved(peek())) {
            throw unexpected(what);
        }
        return next();
    }

    SourceException unexpected(String instead) {
        return peek().wrong("expected " + instead + ", found " + peek().quoted(), "");
    }

    // ---- going back and over

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    /** Goes over a bracket and all up to the one that closes it. */
    void skipBrackets() {
        Token open = peek();
        int nested = 0;
        do {
            Token token = next();
            if (token.isEnd()) {
                throw open.wrong(open.quoted() + " is never closed", "");
            }
            nested += opens(token) ? 1 : closes(token) ? -1 : 0;
        } while (nested > 0);
    }

    private static boolean opens(Token token) {
        return token.kind() == TokenKind.PUNCTUATOR && (token.is("(") || token.is("[") || token.is("{"));
    }

    private static boolean closes(Token token) {
        return token.kind() == TokenKind.PUNCTUATOR && (token.is(")") || token.is("]") || token.is("}"));
    }

    /** Goes behind the statement or declaration that a mistake is in: its semicolon or its braces; not beyond the braces around it. */
    void recover() {
        int nested = 0;
        while (!peek().isEnd()) {
            if (nested == 0 && is("}")) {
                return;
            }
            Token token = next();
            nested += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (nested == 0 && (token.is(";") || token.is("}"))) {
                return;
            }
        }
    }

    // ---- depth

    /** Reads something that may hold more of its kind. */
    <T> T nested(Supplier<T> part) {
        if (depth == MOST_NESTED) {
            throw peek().wrong("this nests deeper than " + MOST_NESTED, "cut it into functions or statements");
        }
        depth++;
        try {
            return part.get();
        } finally {
            depth--;
        }
    }
}
