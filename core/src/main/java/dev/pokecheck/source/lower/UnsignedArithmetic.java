// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;

/**
 * Calculations by the rules for the types of both sides (C17, 6.3.1.8). A number of an unsigned type that would have wrapped around, or was a negative one of a
 * signed type, is kept as the negative number that it is modulo the size of the type. Sums, products and bits come out right so, and comparisons where the
 * negative number counts as the larger one. What would come out wrong is refused: a quotient, a remainder, a shift to the right, and a wider type.
 */
final class UnsignedArithmetic {
    private static final Num ZERO = Num.of(0);

    private final ExpressionTypes types;

    UnsignedArithmetic(ExpressionTypes types) {
        this.types = types;
    }

    /**
     * {@code left operator right}; not for {@code &&} and {@code ||}.
     *
     * @param leftOf the expression that {@code left} is the value of
     * @param rightOf that of {@code right}
     */
    Num binary(Token at, CBinaryOperator operator, Num left, CExpr leftOf, Num right, CExpr rightOf) {
        if (!mayBeNegative(left) && !mayBeNegative(right)) {
            return Arithmetic.binary(at, operator, left, right);
        }
        CType leftType = types.of(leftOf);
        CType rightType = types.of(rightOf);
        boolean isShift = ExpressionTypes.isShift(operator);
        IntegerType type = isShift ? ExpressionTypes.promoted(leftType) : ExpressionTypes.common(leftType, rightType);
        if (!isShift) {
            requireNotWidened(at, left, leftType, type);
            requireNotWidened(at, right, rightType, type);
        }
        boolean mayWrap = !type.isSigned() && (mayBeNegative(left) || !isShift);
        if (!mayWrap) {
            return Arithmetic.binary(at, operator, left, right);
        }
        return switch (operator) {
            case LESS, GREATER, NOT_LESS, NOT_GREATER -> ordered(at, operator, left, right);
            case DIVIDE, REMAINDER, SHIFT_RIGHT -> throw wrong(at, mayBeNegative(left) ? left : right, type);
            default -> Arithmetic.binary(at, operator, left, right);
        };
    }

    /** Whether an order of the values of two expressions is that of the numbers as they are kept. */
    boolean isOrderOf(Interval left, CExpr leftOf, Interval right, CExpr rightOf) {
        return (left.min() >= 0 && right.min() >= 0)
                || ExpressionTypes.common(types.of(leftOf), types.of(rightOf)).isSigned();
    }

    private static boolean mayBeNegative(Num number) {
        return number.range().min() < 0;
    }

    /** A comparison of numbers as unsigned ones: where one of them is negative, it is the other way round. */
    private static Num ordered(Token at, CBinaryOperator operator, Num left, Num right) {
        Num signed = Arithmetic.binary(at, operator, left, right);
        Num differ = Arithmetic.binary(
                at,
                CBinaryOperator.XOR,
                Arithmetic.binary(at, CBinaryOperator.LESS, left, ZERO),
                Arithmetic.binary(at, CBinaryOperator.LESS, right, ZERO));
        return Arithmetic.binary(at, CBinaryOperator.XOR, signed, differ);
    }

    /** Refuses the value of an expression of an unsigned type that may have wrapped around, where a wider type is to have it. */
    void requireNotWidened(Token at, CValue value, CExpr of, CType to) {
        if (value instanceof Num number && mayBeNegative(number)) {
            requireNotWidened(at, number, types.of(of), to);
        }
    }

    private static void requireNotWidened(Token at, Num number, CType from, CType to) {
        IntegerType type = ExpressionTypes.promoted(from);
        if (!type.isSigned() && type.size() < to.size() && mayBeNegative(number)) {
            throw wrong(at, number, type);
        }
    }

    private static RuntimeException wrong(Token at, Num number, IntegerType type) {
        String range = number.isKnown()
                ? Long.toString(number.known())
                : "from " + number.range().min() + " to " + number.range().max();
        return at.wrong(
                "a value " + range + " in a calculation of " + type.text() + ", which would wrap around",
                "cast to a signed type, or ask before whether it is negative");
    }
}
