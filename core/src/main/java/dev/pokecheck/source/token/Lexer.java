// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Splits a file into preprocessing tokens (C17, 5.1.1.2, phases 2 and 3): lines that end in a backslash are joined, comments are spaces. There are no
 * trigraphs and no digraphs.
 */
public final class Lexer {
    /** So many characters are read of a file; longer ones are refused. */
    static final int MOST_CHARACTERS = 4 << 20;

    /** Those of more than one character, longest first. */
    private static final List<String> PUNCTUATORS = List.of(
            "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "*=", "/=", "%=",
            "+=", "-=", "&=", "^=", "|=", "##");

    /** Their second characters. */
    private static final String SECOND = ".<>+-=&|#";

    private static final String SINGLE = "[](){}.&*+-~!/%<>^|?:;=,#";

    /** What stands before the quotes of wide characters and strings. */
    private static final Set<String> WIDE = new LinkedHashSet<>(List.of("L", "u", "U", "u8"));

    private final SourceText source;
    private final Splices text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean first = true;
    private boolean spaced;

    private Lexer(SourceText source) {
        this.source = source;
        text = new Splices(source.text());
    }

    /** All tokens of a file; the last is its end. */
    public static List<Token> tokens(SourceText source) {
        if (source.text().length() > MOST_CHARACTERS) {
            throw new SourceException(
                    source.place(0),
                    "a file of more than " + MOST_CHARACTERS + " characters",
                    "cut it into files that it includes");
        }
        return new Lexer(source).all();
    }

    private List<Token> all() {
        while (true) {
            skipSpace();
            if (at >= text.length()) {
                first = true;
                add(TokenKind.END, at);
                return tokens;
            }
            next();
            first = false;
            spaced = false;
        }
    }

    private Place place(int index) {
        return source.place(text.offset(index));
    }

    private SourceException wrong(int index, String what, String remedy) {
        return new SourceException(place(index), what, remedy);
    }

    private void add(TokenKind kind, int end) {
        Place place = place(at);
        tokens.add(new Token(kind, text.substring(at, end), place, place, first, spaced, false));
        at = end;
    }

    // ---- space

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.at(at);
            if (c == '\n') {
                first = true;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf("\n", at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw wrong(at, "this comment has no end", "write */ where it ends");
                }
                at = end + 2;
            } else {
                return;
            }
            spaced = true;
        }
    }

    // ---- tokens

    private void next() {
        char c = text.at(at);
        if (isNameStart(c)) {
            int end = endOfName(at);
            if (end < text.length() && isQuote(text.at(end)) && WIDE.contains(text.substring(at, end))) {
                throw wrong(
                        at,
                        "wide characters and strings mean nothing here",
                        "write it without '" + text.substring(at, end) + "'");
            }
            add(TokenKind.IDENTIFIER, end);
        } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.at(at + 1)))) {
            add(TokenKind.NUMBER, endOfNumber(at));
        } else if (isQuote(c)) {
            add(c == '"' ? TokenKind.STRING : TokenKind.CHARACTER, endOfQuoted(at, c));
        } else {
            add(TokenKind.PUNCTUATOR, at + punctuator(at));
        }
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private int endOfName(int from) {
        int end = from;
        while (end < text.length() && (isNameStart(text.at(end)) || isDigit(text.at(end)))) {
            end++;
        }
        return end;
    }

    /** A preprocessing number: digits, letters and dots, and signs behind an exponent's letter. */
    private int endOfNumber(int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.at(end);
            boolean sign = (c == '+' || c == '-')
                    && "eEpP".indexOf(text.at(end - 1)) >= 0
                    && !text.startsWith("0x", from)
                    && !text.startsWith("0X", from);
            if (!isNameStart(c) && !isDigit(c) && c != '.' && !sign) {
                return end;
            }
            end++;
        }
        return end;
    }

    private int endOfQuoted(int from, char quote) {
        for (int end = from + 1; end < text.length() && text.at(end) != '\n'; end++) {
            char c = text.at(end);
            if (c == quote) {
                return end + 1;
            }
            end += c == '\\' ? 1 : 0;
        }
        throw wrong(from, "the closing " + quote + " is missing", "");
    }

    private int punctuator(int from) {
        if (from + 1 < text.length() && SECOND.indexOf(text.at(from + 1)) >= 0) {
            for (String punctuator : PUNCTUATORS) {
                if (text.startsWith(punctuator, from)) {
                    return punctuator.length();
                }
            }
        }
        if (SINGLE.indexOf(text.at(from)) >= 0
                || text.at(from) == '\\'
                || text.at(from) == '@'
                || text.at(from) == '`') {
            return 1;
        }
        throw wrong(from, "a character that means nothing in C", "only comments and strings may have it");
    }
}
