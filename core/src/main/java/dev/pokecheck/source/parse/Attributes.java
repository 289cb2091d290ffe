// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.token.Token;
import java.util.Optional;

/** Reads {@code __attribute__((…))}; {@code __pc_range(min, max)} and, of structs, {@code packed} mean something. */
final class Attributes {
    /** What to do about a range that means nothing. */
    static final String RANGED =
            "write __range(min, max) behind the name of a variable, parameter or member that is a number, an array of numbers, or a struct of one";

    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    Attributes(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /**
     * What attributes say.
     *
     * @param range the values of a variable
     * @param isPacked whether nothing lies between the members of a struct
     */
    record Said(Optional<Range> range, boolean isPacked) {}

    /** Reads all that stand here; the range that one gives. */
    Optional<Range> read() {
        return all().range();
    }

    /** Reads all that stand at a type: it has no range. */
    Said ofType() {
        Token at = cursor.peek();
        Said said = all();
        if (said.range().isPresent()) {
            throw at.wrong("the range of a type", RANGED);
        }
        return said;
    }

    private Said all() {
        Optional<Range> range = Optional.empty();
        boolean isPacked = false;
        while (cursor.accept("__attribute__")) {
            cursor.expect("(");
            cursor.expect("(");
            while (!cursor.is(")")) {
                Token name = cursor.next();
                isPacked |= name.is("packed") || name.is("__packed__");
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
        return new Said(range, isPacked);
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
