// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** Expressions in the words of C. */
public final class CText {
    private static final ExprText EXPRESSIONS = new ExprText();

    private CText() {}

    /** The text of an expression. */
    public static String of(Expr expr) {
        return EXPRESSIONS.of(expr);
    }

    /** The text of an element of a shared variable. */
    public static String of(Shared.Cell cell) {
        return EXPRESSIONS.of(cell);
    }
}
