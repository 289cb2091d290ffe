// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

/**
 * A preprocessing token.
 *
 * @param kind what it is
 * @param text as it was written, without line splices
 * @param spelled where it was written
 * @param use where the author's eyes are: the same, or for what a macro brought, where the outermost macro was used
 * @param isFirst whether it is the first of its line
 * @param isSpaced whether anything but another token stands right before it
 * @param isBlocked whether it is a macro's name that was met in the expansion of that macro, and so is no macro's name any more (C17, 6.10.3.4)
 */
public record Token(
        TokenKind kind, String text, Place spelled, Place use, boolean isFirst, boolean isSpaced, boolean isBlocked) {
    /** Whether it is a punctuator or an identifier that is written so. */
    public boolean is(String expected) {
        return (kind == TokenKind.PUNCTUATOR || kind == TokenKind.IDENTIFIER) && text.equals(expected);
    }

    /** Whether it is a name or a keyword. */
    public boolean isIdentifier() {
        return kind == TokenKind.IDENTIFIER;
    }

    /** Whether the file ends here. */
    public boolean isEnd() {
        return kind == TokenKind.END;
    }

    /** Whether it begins a directive, where it stands in a file. */
    public boolean beginsDirective() {
        return isFirst && kind == TokenKind.PUNCTUATOR && text.equals("#");
    }

    /** The same, brought by a macro that was used there. */
    public Token usedAt(Place place) {
        return new Token(kind, text, spelled, place, false, isSpaced, isBlocked);
    }

    /** The same, which is no macro's name any more. */
    public Token blocked() {
        return new Token(kind, text, spelled, use, isFirst, isSpaced, true);
    }

    /** The same, with or without a space before it. */
    public Token spaced(boolean space) {
        return space == isSpaced ? this : new Token(kind, text, spelled, use, isFirst, space, isBlocked);
    }

    /** How messages quote it. */
    public String quoted() {
        return isEnd() ? "the end of the file" : "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    }

    /** A mistake at this token. */
    public SourceException wrong(String what, String remedy) {
        return new SourceException(use, what, remedy);
    }
}
