// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Operations on numbers of which only a range is known. */
final class Arithmetic {
    private Arithmetic() {}

    /** {@code left operator right}; not for {@code &&} and {@code ||}, whose right side may do something. */
    static Num binary(Token at, CBinaryOperator operator, Num left, Num right) {
        if (operator == CBinaryOperator.SHIFT_LEFT || operator == CBinaryOperator.SHIFT_RIGHT) {
            requireShift(at, right.range());
        }
        if (left.isKnown() && right.isKnown()) {
            long value = operator.apply(left.known(), right.known())
                    .orElseThrow(() -> at.wrong("a division by zero, or a shift by no number of bits", ""));
            return checked(at, named(left, right, operator, value), Interval.of(value));
        }
        Interval range = range(at, operator, left.range(), right.range());
        if (range.isOne()) {
            return checked(at, Expr.of((int) range.min()), range);
        }
        if (isNeutral(operator, right)) {
            return left;
        }
        if (operator == CBinaryOperator.AND && (keepsAll(left, right) || keepsAll(right, left))) {
            return left.isKnown() ? right : left;
        }
        return checked(at, new Expr.Binary(op(operator), left.expr(), right.expr()), range);
    }

    /** A sum that is known keeps the name of what it is a sum of, an address say. */
    private static Expr named(Num left, Num right, CBinaryOperator operator, long value) {
        boolean keeps =
                left.expr() instanceof Expr.Const constant && !constant.name().isEmpty() && isNeutral(operator, right);
        return keeps ? left.expr() : Expr.of((int) value);
    }

    private static boolean isNeutral(CBinaryOperator operator, Num right) {
        return right.isKnown()
                && right.known() == 0
                && switch (operator) {
                    case PLUS, MINUS, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> true;
                    default -> false;
                };
    }

    /** Whether a mask that is known takes no bit away from a number. */
    private static boolean keepsAll(Num mask, Num number) {
        return mask.isKnown()
                && mask.known() >= 0
                && (mask.known() & (mask.known() + 1)) == 0
                && new Interval(0, mask.known()).contains(number.range());
    }

    private static Num checked(Token at, Expr expr, Interval range) {
        if (!range.fits()) {
            throw at.wrong("a value from " + range.min() + " to " + range.max() + ", where values have 32 bits", "");
        }
        return new Num(expr, range);
    }

    private static BinaryOp op(CBinaryOperator operator) {
        return switch (operator) {
            case OR -> BinaryOp.OR;
            case XOR -> BinaryOp.XOR;
            case AND -> BinaryOp.AND;
            case EQUAL -> BinaryOp.EQ;
            case NOT_EQUAL -> BinaryOp.NE;
            case LESS -> BinaryOp.LT;
            case GREATER -> BinaryOp.GT;
            case NOT_GREATER -> BinaryOp.LE;
            case NOT_LESS -> BinaryOp.GE;
            case SHIFT_LEFT -> BinaryOp.SHIFT_LEFT;
            case SHIFT_RIGHT -> BinaryOp.SHIFT_RIGHT;
            case PLUS -> BinaryOp.ADD;
            case MINUS -> BinaryOp.SUB;
            case TIMES -> BinaryOp.MULTIPLY;
            case DIVIDE -> BinaryOp.DIVIDE;
            case REMAINDER -> BinaryOp.REMAINDER;
            case LOGICAL_OR, LOGICAL_AND -> throw new IllegalArgumentException(operator.sign());
        };
    }

    private static Interval range(Token at, CBinaryOperator operator, Interval a, Interval b) {
        return switch (operator) {
            case PLUS ->
                b.isOne()
                        ? a.plus(b.min())
                        : a.isOne() ? b.plus(a.min()) : new Interval(a.min() + b.min(), a.max() + b.max());
            case MINUS -> b.isOne() ? a.plus(-b.min()) : new Interval(a.min() - b.max(), a.max() - b.min());
            case TIMES -> corners(a.min() * b.min(), a.min() * b.max(), a.max() * b.min(), a.max() * b.max());
            case DIVIDE -> quotient(at, a, b);
            case REMAINDER -> remainder(at, a, b);
            case AND -> conjunction(a, b);
            case OR, XOR -> bits(a, b);
            case SHIFT_LEFT -> {
                yield corners(a.min() << b.min(), a.min() << b.max(), a.max() << b.min(), a.max() << b.max());
            }
            case SHIFT_RIGHT -> {
                yield corners(a.min() >> b.min(), a.min() >> b.max(), a.max() >> b.min(), a.max() >> b.max());
            }
            case EQUAL -> a.isApart(b) ? Interval.of(0) : Interval.TRUTH;
            case NOT_EQUAL -> a.isApart(b) ? Interval.of(1) : Interval.TRUTH;
            case LESS -> order(a.max() < b.min(), a.min() >= b.max());
            case GREATER -> order(a.min() > b.max(), a.max() <= b.min());
            case NOT_GREATER -> order(a.max() <= b.min(), a.min() > b.max());
            case NOT_LESS -> order(a.min() >= b.max(), a.max() < b.min());
            case LOGICAL_OR, LOGICAL_AND -> Interval.TRUTH;
        };
    }

    private static Interval corners(long... values) {
        return new Interval(
                LongStream.of(values).min().orElseThrow(),
                LongStream.of(values).max().orElseThrow());
    }

    private static Interval order(boolean always, boolean never) {
        return always ? Interval.of(1) : never ? Interval.of(0) : Interval.TRUTH;
    }

    private static void requireShift(Token at, Interval by) {
        if (by.min() < 0 || by.max() > 31) {
            String bits = by.isOne() ? Long.toString(by.min()) : by.min() + " to " + by.max();
            throw at.wrong("a shift by " + bits + " bits", "0 to 31 are possible");
        }
    }

    private static Interval quotient(Token at, Interval a, Interval b) {
        if (b.holds(0)) {
            throw at.wrong("a division by what may be zero", "ask before, so that it cannot be");
        }
        return corners(a.min() / b.min(), a.min() / b.max(), a.max() / b.min(), a.max() / b.max());
    }

    private static Interval remainder(Token at, Interval a, Interval b) {
        quotient(at, a, b);
        long most = Math.max(Math.abs(b.min()), Math.abs(b.max())) - 1;
        return new Interval(a.min() < 0 ? -most : 0, a.max() > 0 ? most : 0);
    }

    private static Interval conjunction(Interval a, Interval b) {
        if (a.min() < 0 && b.min() < 0) {
            return new Interval(-1 - allOnes(Math.max(-1 - a.min(), -1 - b.min())), Math.max(a.max(), b.max()));
        }
        long most = a.min() < 0 ? b.max() : b.min() < 0 ? a.max() : Math.min(a.max(), b.max());
        return new Interval(0, most);
    }

    private static Interval bits(Interval a, Interval b) {
        long most = allOnes(Math.max(Math.max(a.max(), b.max()), Math.max(-1 - a.min(), -1 - b.min())));
        return new Interval(a.min() < 0 || b.min() < 0 ? -1 - most : 0, most);
    }

    /** The least number of the form 0…01…1 that is not less. */
    private static long allOnes(long number) {
        return number <= 0 ? 0 : (Long.highestOneBit(number) << 1) - 1;
    }

    /** A value as a type has it, modulo its size, as a cast says that it is meant. Of an unsigned type of 32 bits or more a negative one is kept as it is ({@link UnsignedArithmetic}). */
    static Num wrapped(Token at, Num value, CType type) {
        if (type.plain() instanceof IntegerType unsigned
                && !unsigned.isSigned()
                && unsigned.size() >= Integer.BYTES
                && value.range().min() < 0
                && value.range().fits()) {
            return value;
        }
        if (!(type.plain() instanceof IntegerType integer)
                || integer.isBool()
                || value.isKnown()
                || new Interval(integer.min(), integer.max()).contains(value.range())
                || integer.size() >= Integer.BYTES) {
            return Access.converted(at, value, type);
        }
        Num mask = Num.of((1L << (8 * integer.size())) - 1);
        Num low = binary(at, CBinaryOperator.AND, value, mask);
        if (!integer.isSigned()) {
            return low;
        }
        Num sign = Num.of(-integer.min());
        return binary(at, CBinaryOperator.MINUS, binary(at, CBinaryOperator.XOR, low, sign), sign);
    }

    /** One of some numbers: that at an index which none of them is beyond. */
    static Num element(Num index, List<Num> values) {
        if (index.isKnown()) {
            return values.get((int) index.known());
        }
        Optional<Expr> sum = Optional.empty();
        Interval range = values.get((int) index.range().min()).range();
        for (int n = (int) index.range().min(); n <= index.range().max(); n++) {
            Num value = values.get(n);
            range = range.with(value.range());
            if (!value.isFalse()) {
                Expr term = new Expr.Binary(BinaryOp.MULTIPLY, index.expr().eq(n), value.expr());
                sum = Optional.of(sum.map(before -> before.plus(term)).orElse(term));
            }
        }
        return range.isOne() ? Num.of(range.min()) : new Num(sum.orElse(Expr.of(0)), range);
    }

    // ---- truth

    /** {@code !value}. */
    static Num not(Num value) {
        if (value.isTrue() || value.isFalse()) {
            return Num.truth(value.isFalse());
        }
        if (value.expr() instanceof Expr.Unary twice && twice.op() == Expr.UnaryOp.NOT) {
            // Only what is 0 or 1 is negated so.
            return new Num(twice.operand(), Interval.TRUTH);
        }
        return new Num(isTruth(value) ? value.expr().not() : value.expr().eq(0), Interval.TRUTH);
    }

    /** 1 for what is not 0. */
    static Num truth(Num value) {
        if (value.isTrue() || value.isFalse()) {
            return Num.truth(value.isTrue());
        }
        return isTruth(value) ? value : new Num(value.expr().ne(0), Interval.TRUTH);
    }

    private static boolean isTruth(Num value) {
        return Interval.TRUTH.contains(value.range());
    }

    /** {@code -value}. */
    static Num negative(Token at, Num value) {
        return binary(at, CBinaryOperator.MINUS, Num.of(0), value);
    }

    /** {@code ~value}. */
    static Num complement(Token at, Num value) {
        return binary(at, CBinaryOperator.MINUS, Num.of(-1), value);
    }
}
