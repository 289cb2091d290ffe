// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.FunctionType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values of expressions; what they do on the way is recorded. */
final class ExpressionReader {
    private final Reading reading;

    ExpressionReader(Reading reading) {
        this.reading = reading;
    }

    Num number(CExpr expr) {
        return reading.access.number(expr.at(), value(expr));
    }

    CValue value(CExpr expr) {
        reading.deeper(expr.at(), 1);
        try {
            return inside(expr);
        } finally {
            reading.shallower(1);
        }
    }

    private CValue inside(CExpr expr) {
        if (expr instanceof CExpr.Constant constant) {
            return constant(constant);
        } else if (expr instanceof CExpr.Text text) {
            return new CValue.Message(text.text());
        } else if (expr instanceof CExpr.Name name) {
            return named(name);
        } else if (expr instanceof CExpr.Unary unary) {
            return unary(unary);
        } else if (expr instanceof CExpr.Binary binary) {
            return binary(binary);
        } else if (expr instanceof CExpr.Call call) {
            return reading.calls.call(call);
        } else if (expr instanceof CExpr.Cast cast) {
            return cast(cast);
        } else if (expr instanceof CExpr.Index index && index.base() instanceof CExpr.Text text) {
            return character(index, text);
        } else if (expr instanceof CExpr.Select || expr instanceof CExpr.Index) {
            return reading.access.load(expr.at(), reading.places.place(expr));
        }
        return more(expr);
    }

    private CValue more(CExpr expr) {
        if (expr instanceof CExpr.Assignment assignment) {
            return assignment(assignment);
        } else if (expr instanceof CExpr.Step step) {
            return step(step);
        } else if (expr instanceof CExpr.Conditional choice) {
            return choice(choice);
        } else if (expr instanceof CExpr.Comma comma) {
            value(comma.left());
            return value(comma.right());
        } else if (expr instanceof CExpr.SizeOfType size) {
            return Num.of(size.type().size());
        } else if (expr instanceof CExpr.SizeOfValue size) {
            return Num.of(reading.types.of(size.operand()).size());
        } else if (expr instanceof CExpr.Compound) {
            return reading.access.load(expr.at(), reading.places.place(expr));
        }
        throw expr.at().wrong("this is not understood here", "assign it to a variable first");
    }

    private Num constant(CExpr.Constant constant) {
        long value = constant.value();
        if (value > Integer.MAX_VALUE && value <= 0xffff_ffffL && reading.types.of(constant) == IntegerType.UNSIGNED) {
            // As what would have wrapped around: the rules of UnsignedArithmetic say what may become of it.
            return Num.of(value - (1L << Integer.SIZE));
        }
        if (value != (int) value) {
            throw constant.at().wrong("the number " + value + ", where values have 32 bits", "");
        }
        return constant.name().isEmpty()
                ? Num.of(value)
                : new Num(Expr.named(constant.name(), (int) value), Interval.of(value));
    }

    /** An element of a string: a signed byte, as {@code char} is here; after the last is a 0. */
    private Num character(CExpr.Index index, CExpr.Text text) {
        if (!text.isAscii()) {
            throw index.at()
                    .wrong(
                            "an element of a string with characters outside of ASCII",
                            "write these bytes as \\x and two digits");
        }
        Num number = number(index.index());
        List<Num> bytes = new ArrayList<>();
        text.text().chars().forEach(c -> bytes.add(Num.of((byte) c)));
        bytes.add(Num.of(0));
        if (!new Interval(0, bytes.size() - 1).contains(number.range())) {
            throw index.at()
                    .wrong(
                            "an index from " + number.range().min() + " to "
                                    + number.range().max() + " of a string of " + bytes.size() + " bytes",
                            "ask before whether it is one of its elements");
        }
        return Arithmetic.element(number, bytes);
    }

    private CValue named(CExpr.Name name) {
        Optional<CValue> bound = reading.words.bound(name.text());
        if (bound.isPresent()) {
            return bound.get();
        }
        CFunction function = reading.unit.functions().get(name.text());
        if (function != null && reading.find(name.text()).isEmpty()) {
            return new CValue.ToFunction(function);
        }
        return reading.access.load(name.at(), reading.places.place(name));
    }

    // ---- operators

    private CValue unary(CExpr.Unary unary) {
        Token at = unary.at();
        return switch (unary.operator()) {
            case NOT -> Arithmetic.not(truth(value(unary.operand()), at));
            case COMPLEMENT -> Arithmetic.complement(at, number(unary.operand()));
            case PLUS -> number(unary.operand());
            case MINUS -> Arithmetic.negative(at, number(unary.operand()));
            case ADDRESS -> address(unary);
            case DEREFERENCE ->
                isFunction(unary) ? value(unary.operand()) : reading.access.load(at, reading.places.place(unary));
        };
    }

    /** Whether an expression is a function, which as a value is a pointer to it (C17, 6.3.2.1). */
    private boolean isFunction(CExpr expr) {
        return reading.types.of(expr).plain() instanceof FunctionType;
    }

    private CValue address(CExpr.Unary unary) {
        if (isFunction(unary.operand())) {
            return value(unary.operand());
        }
        CPlace place = reading.places.place(unary.operand());
        return new CValue.ToObject(place);
    }

    private CValue binary(CExpr.Binary binary) {
        CBinaryOperator operator = binary.operator();
        if (operator == CBinaryOperator.LOGICAL_AND || operator == CBinaryOperator.LOGICAL_OR) {
            return reading.conditions.logical(binary);
        }
        CValue left = reading.operands.read(binary.left(), value(binary.left()));
        reading.moments.between(binary);
        int since = reading.moments.now();
        CValue right = value(binary.right());
        reading.operands.readOthers(binary.left(), left, since);
        if (left instanceof Num a && right instanceof Num b) {
            if (b.isKnown()) {
                reading.ranges.landmark(b.known());
            }
            reading.conditions.compares(binary.right(), b);
            return reading.unsigned.binary(binary.at(), operator, a, binary.left(), b, binary.right());
        }
        CValue result = reading.arithmetic.binary(binary.at(), operator, left, right);
        if (left instanceof CValue.Numbered && right instanceof CValue.Numbered bound) {
            reading.conditions.compares(binary.right(), bound.number());
        } else if (left instanceof CValue.Numbered
                && right instanceof CValue.ToObject bound
                && bound.place().other().isEmpty()) {
            reading.conditions.compares(binary.right(), reading.pointers.number(binary.at(), right));
        }
        return result;
    }

    private CValue cast(CExpr.Cast cast) {
        CValue value = value(cast.at(), cast.operand(), cast.type());
        if (cast.type().plain() instanceof PointerType type) {
            return pointer(value, type.target());
        } else if (value instanceof CValue.Numbered pointer) {
            return pointer.number();
        }
        if (cast.type().plain() instanceof IntegerType type && type.size() < Integer.BYTES) {
            // Where what the cast makes grows, it ends with the type.
            reading.ranges.landmark(type.min());
            reading.ranges.landmark(type.max());
        }
        return value instanceof Num number ? Arithmetic.wrapped(cast.at(), number, cast.type()) : value;
    }

    /** A value as a pointer to a type. */
    private static CValue pointer(CValue value, CType target) {
        if (value instanceof CValue.Numbered pointer) {
            return new CValue.Numbered(pointer.number(), target);
        } else if (value instanceof Num number && !number.isFalse()) {
            return new CValue.Numbered(number, target);
        }
        boolean bytes = value instanceof CValue.ToObject object
                && object.place().object().kind() == CObject.Kind.BYTES
                && target.plain() instanceof IntegerType;
        return bytes ? new CValue.ToObject(((CValue.ToObject) value).place().as(target)) : value;
    }

    private CValue assignment(CExpr.Assignment assignment) {
        Token at = assignment.at();
        if (assignment.operator().isEmpty()) {
            CValue value = reading.operands.read(assignment.value(), value(assignment.value()));
            int since = reading.moments.now();
            CPlace place = reading.places.place(assignment.target());
            reading.operands.readOthers(assignment.value(), value, since);
            reading.unsigned.requireNotWidened(at, value, assignment.value(), place.type());
            if (place.type().isAtomic() && value instanceof Num number) {
                reading.words.locked.assign(at, place, number);
            } else {
                reading.access.store(at, place, value, false);
                return assigned(at, place, value);
            }
            return value;
        }
        CPlace place = reading.places.place(assignment.target());
        if (place.type().isAtomic()) {
            CBinaryOperator operator = assignment.operator().get();
            Num operand = number(assignment.value());
            return Arithmetic.binary(at, operator, reading.words.locked.assign(at, place, operator, operand), operand);
        }
        CValue old = reading.operands.read(assignment, reading.access.load(at, place));
        int since = reading.moments.now();
        CBinaryOperator operator = assignment.operator().get();
        Num operand = number(assignment.value());
        reading.operands.readOthers(assignment, old, since);
        CValue value = old instanceof Num number
                ? reading.unsigned.binary(at, operator, number, assignment.target(), operand, assignment.value())
                : reading.arithmetic.binary(at, operator, old, operand);
        reading.access.store(at, place, value, false);
        return assigned(at, place, value);
    }

    /** The value of an assignment, which is that of its place now (C17, 6.5.16): what was stored may be said by what was there before. */
    private CValue assigned(Token at, CPlace place, CValue value) {
        return reading.routine().isSaidBy(place, value)
                ? reading.plain.aside(() -> reading.access.load(at, place))
                : value instanceof Num number && (number.isKnown() || isBool(place.type()))
                        ? Access.converted(at, number, place.type())
                        : value;
    }

    private static boolean isBool(CType type) {
        return type.plain() instanceof IntegerType integer && integer.isBool();
    }

    private CValue step(CExpr.Step step) {
        Token at = step.at();
        CPlace place = reading.places.place(step.operand());
        if (place.type().isAtomic()) {
            Num by = Num.of(step.by());
            Num before = reading.words.locked.assign(at, place, CBinaryOperator.PLUS, by);
            return step.isPrefix() ? Arithmetic.binary(at, CBinaryOperator.PLUS, before, by) : before;
        }
        CValue old = reading.access.load(at, place);
        CValue value = old instanceof Num number
                ? Arithmetic.binary(at, CBinaryOperator.PLUS, number, Num.of(step.by()))
                : reading.arithmetic.binary(at, CBinaryOperator.PLUS, old, Num.of(step.by()));
        if (!step.isPrefix()) {
            old = kept(old);
        }
        reading.access.store(at, place, value, false);
        return step.isPrefix() ? assigned(at, place, value) : old;
    }

    /** One of the two values, which gets the type of both. */
    private CValue part(CExpr.Conditional choice, CExpr one) {
        return value(choice.at(), one, reading.types.of(choice));
    }

    /** The value of an expression, where what has a type is to have it; refused if it may have wrapped around and the type is wider. */
    CValue value(Token at, CExpr expr, CType to) {
        CValue value = value(expr);
        reading.unsigned.requireNotWidened(at, value, expr, to);
        return value;
    }

    /** The value of a variable that is about to change. */
    CValue kept(CValue value) {
        if (value instanceof Num number) {
            return kept(number);
        } else if (value instanceof CValue.Numbered pointer) {
            return new CValue.Numbered(kept(pointer.number()), pointer.target());
        } else if (value instanceof CValue.ToObject pointer) {
            return new CValue.ToObject(pointer.place().map(one -> one.at(kept(one.index()))));
        }
        return value;
    }

    /** The number that a variable has which is about to change. */
    Num kept(Num number) {
        if (number.isKnown()) {
            return LocalAccess.alone(number);
        }
        Local kept = reading.routine().temporary("old", number.range());
        reading.recorder().assign(kept, number.expr());
        return new Num(kept.value(), number.range());
    }

    private CValue choice(CExpr.Conditional choice) {
        CValue asked = value(choice.condition());
        Num condition = truth(asked, choice.at());
        // GNU's a ?: b reads a once.
        boolean isAsked = choice.yes().equals(choice.condition());
        if (condition.isTrue() || condition.isFalse()) {
            return condition.isTrue() && isAsked
                    ? asked
                    : part(choice, condition.isTrue() ? choice.yes() : choice.no());
        }
        reading.access.requireNoWait();
        Pointee pointee = new Pointee();
        Num chosen = reading.conditions.chosen(
                choice.at(),
                condition,
                choice.condition(),
                () -> pointee.number(choice.yes(), isAsked ? asked : part(choice, choice.yes())),
                () -> pointee.number(choice.no(), part(choice, choice.no())));
        CValue value = pointee.type
                .<CValue>map(type -> new CValue.Numbered(chosen, type))
                .orElse(chosen);
        // A struct is told by where it lies.
        return reading.types.of(choice).plain() instanceof StructType
                ? new CValue.ToObject(reading.places.target(choice.at(), value))
                : value;
    }

    /** Values of which some may be pointers. */
    private final class Pointee {
        private Optional<CType> type = Optional.empty();

        Num number(CExpr expr, CValue value) {
            if (value instanceof CValue.Numbered pointer) {
                type = Optional.of(pointer.target());
            } else if (value instanceof CValue.ToObject pointer) {
                type = Optional.of(pointer.place().type());
            } else if (value instanceof CValue.ToFunction pointer) {
                type = Optional.of(pointer.function().type());
            }
            return reading.access.pointerNumber(expr.at(), value);
        }
    }

    /** 1 for what is not 0, and for pointers to something. */
    Num truth(CValue value, Token at) {
        if (value instanceof CValue.Numbered pointer) {
            return Arithmetic.truth(pointer.number());
        }
        return value instanceof Num number ? Arithmetic.truth(number) : Num.truth(true);
    }
}
