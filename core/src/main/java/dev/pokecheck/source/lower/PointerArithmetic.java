// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Uses;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.IntegerType;
import java.util.Optional;

/** Operators on pointers: one that leads to an object, or is a number by which the protocol finds one when it runs. */
final class PointerArithmetic {
    private final Reading reading;

    PointerArithmetic(Reading reading) {
        this.reading = reading;
    }

    /** Sums, differences and comparisons of pointers. */
    CValue binary(Token at, CBinaryOperator operator, CValue left, CValue right) {
        if (left instanceof CValue.Numbered || right instanceof CValue.Numbered) {
            return numbered(at, operator, left, right);
        }
        if (left instanceof CValue.ToObject a && right instanceof CValue.ToObject b) {
            if (a.place().other().isPresent() || b.place().other().isPresent()) {
                return numbered(at, operator, left, right);
            } else if (a.place().leaf().equals(b.place().leaf())) {
                return Arithmetic.binary(
                        at, operator, a.place().index(), b.place().index());
            }
        }
        if (operator == CBinaryOperator.EQUAL || operator == CBinaryOperator.NOT_EQUAL) {
            if (isFoundOut(left) || isFoundOut(right)) {
                return numbered(at, operator, left, right);
            }
            return Num.truth(left.equals(right) == (operator == CBinaryOperator.EQUAL));
        }
        boolean minus = operator == CBinaryOperator.MINUS;
        if ((operator == CBinaryOperator.PLUS || minus) && right instanceof Num by) {
            Num moved = minus ? Arithmetic.negative(at, by) : by;
            if (left instanceof CValue.ToObject object) {
                return new CValue.ToObject(PlaceReader.moved(at, object.place(), moved));
            }
        }
        throw at.wrong(
                "'" + operator.sign() + "' of pointers", "only sums with numbers and comparisons are understood");
    }

    /** Whether a value is a number, a pointer perhaps, that is known only when the protocol runs. */
    private static boolean isFoundOut(CValue value) {
        return value instanceof Num number && !number.isKnown();
    }

    /** The same where one is a number already. */
    private CValue numbered(Token at, CBinaryOperator operator, CValue left, CValue right) {
        Num by = reading.access.pointerNumber(at, right);
        if (left instanceof CValue.Numbered pointer
                && right instanceof Num
                && reading.pointers.mayBeCode(pointer.number().range())
                && pointer.target().plain() instanceof IntegerType type) {
            by = Arithmetic.binary(at, CBinaryOperator.TIMES, by, Num.of(type.size()));
        }
        Num result = Arithmetic.binary(at, operator, reading.access.pointerNumber(at, left), by);
        boolean moves = right instanceof Num && (operator == CBinaryOperator.PLUS || operator == CBinaryOperator.MINUS);
        return moves && left instanceof CValue.Numbered pointer
                ? new CValue.Numbered(withinArray(at, pointer.number(), result), pointer.target())
                : result;
    }

    /** Where a pointer has moved that led to an element of an array, or to its end, it does so still (C17, 6.5.6): else that is a {@code bug}. */
    private Num withinArray(Token at, Num before, Num after) {
        // A constant 0 is the address that those of code are counted from.
        boolean isConstant = Uses.of(before.expr()).locals().findAny().isEmpty();
        if (reading.pointers.mayBeCode(before.range()) || (before.isFalse() && isConstant)) {
            return after;
        }
        if (before.range().holds(0)) {
            reading.access.requireNoWait();
            reading.recorder().bugOn(before.expr().eq(0), "a null pointer is moved");
        }
        if (before.isFalse()) {
            throw new PlaceReader.DeadEnd();
        }
        Optional<Interval> array = reading.pointers.array(before.range().without(0));
        if (array.isEmpty() || array.get().contains(after.range())) {
            return after;
        }
        reading.access.requireNoWait();
        reading.recorder().bugOn(Elements.outside(at, after, array.get()).expr(), "a pointer leaves its array");
        if (array.get().isApart(after.range())) {
            throw new PlaceReader.DeadEnd();
        }
        return new Num(after.expr(), after.range().and(array.get()));
    }
}
