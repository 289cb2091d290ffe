// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.type.CType;

/** The value of an expression, as far as it is known when the file is read. */
sealed interface CValue {
    /** Nothing: the value of a function that returns none. */
    enum Nothing implements CValue {
        /** The one there is. */
        NOTHING
    }

    /** Nobody knows. */
    enum Unknown implements CValue {
        /** The one there is. */
        UNKNOWN
    }

    /** Nothing has been stored to the variable since its block was entered. */
    enum Uninitialised implements CValue {
        /** The one there is. */
        UNINITIALISED
    }

    /**
     * What a variable of the call, that has a value, has been loaded from plainly.
     *
     * @param isUsed whether it has been used since
     */
    record Copy(CPlace from, boolean isUsed) implements CValue {
        /** What follows the name of the variable, where this is known. */
        static final String SUFFIX = " copy";
    }

    /**
     * A number some bytes of which have not been stored yet.
     *
     * @param value the number, in which these bytes are 0
     * @param missing a bit for each of them
     */
    record Partly(Num value, int missing) implements CValue {}

    /** A number, with the values that it may have. */
    record Num(Expr expr, Interval range) implements CValue {
        static Num of(long value) {
            return new Num(Expr.of((int) value), Interval.of(value));
        }

        static Num truth(boolean value) {
            return of(value ? 1 : 0);
        }

        /** Whether it is known. */
        boolean isKnown() {
            return range.isOne();
        }

        long known() {
            return range.min();
        }

        /** Whether it is known to be true, or not 0. */
        boolean isTrue() {
            return !range.holds(0);
        }

        boolean isFalse() {
            return isKnown() && known() == 0;
        }
    }

    /** The number that a variable of the call holds: it depends on the way that led here. */
    record InVariable(Interval range) implements CValue {}

    /** A pointer to an object, or to a part of one. */
    record ToObject(CPlace place) implements CValue {}

    /**
     * A pointer that is a number while the protocol runs.
     *
     * @param target the type of what it points to
     */
    record Numbered(Num number, CType target) implements CValue {}

    /** A pointer to a function. */
    record ToFunction(CFunction function) implements CValue {}

    /** A pointer to the registers of the context below. */
    enum Registers implements CValue {
        /** The one there is. */
        REGISTERS
    }

    /** A string; only for messages. */
    record Message(String text) implements CValue {}
}
