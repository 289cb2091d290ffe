// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Stmt;
import java.util.Optional;
import java.util.function.Function;

/**
 * A step in words.
 *
 * @param before its text in C, or the part before its condition
 * @param condition the condition, if it has one; reports show it with the values of the local variables
 * @param after the part after the condition
 * @param waiting what it waits for while it is not ready
 */
public record Words(String before, Optional<Expr> condition, String after, Waiting waiting) {
    /** The text of the statement; waits for the store buffer at most. */
    public static Words of(Stmt statement) {
        return of(statement.text());
    }

    /** A text; waits for the store buffer at most. */
    public static Words of(String text) {
        return new Words(text, Optional.empty(), "", Waiting.BUFFER);
    }

    /** A text around a condition; waits for the store buffer at most. */
    public static Words around(String before, Expr condition, String after) {
        return new Words(before, Optional.of(condition), after, Waiting.BUFFER);
    }

    /** The same for a step that waits for something. */
    public Words waitingFor(Waiting what) {
        return new Words(before, condition, after, what);
    }

    /** Its text in C, with its condition as {@code write} writes it. */
    public String text(Function<Expr, String> write) {
        return before + condition.map(write).orElse("") + after;
    }
}
