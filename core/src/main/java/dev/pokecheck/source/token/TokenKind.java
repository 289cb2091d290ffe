// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

/** What a preprocessing token is (C17, 6.4). */
public enum TokenKind {
    /** A name or a keyword. */
    IDENTIFIER,
    /** A preprocessing number; whether it is a number that can be read shows later. */
    NUMBER,
    /** A character constant, with its quotes. */
    CHARACTER,
    /** A string literal, with its quotes. */
    STRING,
    /** An operator, a bracket, or whatever else is one character. */
    PUNCTUATOR,
    /** What follows the last token. */
    END
}
