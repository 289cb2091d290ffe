// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/**
 * A local variable of a routine; {@code min} before its first assignment.
 *
 * @param id its number in the routine
 * @param name its name in the source
 * @param min its least value
 * @param max its greatest value
 */
public record Local(int id, String name, int min, int max) {
    /** Its value in an expression. */
    public Expr value() {
        return new Expr.LocalValue(this);
    }
}
