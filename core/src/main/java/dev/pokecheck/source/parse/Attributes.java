// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.token.Token;
import java.util.Optional;

/** Reads {@code __attribute__((…))}; only {@code __pc_range(min, max)} means something. */
final class Attributes {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    Attributes(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** Reads all that stand here; the range that one gives. */
    Optional<Range> read() {
        Optional<Range> range = Optional.empty();
        while (cursor.accept("__attribute__")) {
            cursor.expect("(");
            cursor.expect("(");
            while (!cursor.is(")")) {
                Token name = cursor.next();
                if (name.is("__pc_range")) {
                    range = Optional.of(range(name));
                } else if (cursor.is("(")) {
                    cursor.skipBrackets();
                }
                if (!cursor.is(")")) {
                    cursor.expect(",");
                }
            }
            cursor.expect(")");
            cursor.expect(")");
        }
        return range;
    }

    private Range range(Token name) {
        cursor.expect("(");
        long min = expressions.constant();
        cursor.expect(",");
        long max = expressions.constant();
        cursor.expect(")");
        if (min > max) {
            throw name.wrong("a range from " + min + " to " + max + " has no values", "");
        }
        return new Range(min, max);
    }
}
