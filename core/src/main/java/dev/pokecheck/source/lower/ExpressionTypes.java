// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Literals;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.FunctionType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types of expressions (C17, 6.3.1 and 6.5), without doing anything. What is not known is {@code int}. */
final class ExpressionTypes {
    /** Built-in words whose value is what their first argument points to. */
    private static final List<String> OF_TARGET = List.of(
            "__pc_load",
            "__pc_acquire",
            "__pc_await",
            "__pc_exchange",
            "__pc_compare_exchange",
            "__pc_add",
            "__pc_add_unless_zero",
            "__pc_or",
            "__pc_and",
            "__pc_xor",
            "__pc_andnot");

    private final Reading reading;

    ExpressionTypes(Reading reading) {
        this.reading = reading;
    }

    /** The type of an expression; an array is one still. */
    CType of(CExpr expr) {
        if (expr instanceof CExpr.Name name) {
            return named(name);
        } else if (expr instanceof CExpr.Constant constant) {
            return constant(constant);
        } else if (expr instanceof CExpr.Select select) {
            return member(select);
        } else if (expr instanceof CExpr.Index index) {
            return pointedTo(of(index.base()));
        } else if (expr instanceof CExpr.Unary unary) {
            return unary(unary);
        } else if (expr instanceof CExpr.Binary binary) {
            return binary(binary);
        } else if (expr instanceof CExpr.Call call) {
            return call(call);
        } else if (expr instanceof CExpr.Cast cast) {
            return cast.type();
        }
        return more(expr);
    }

    private CType more(CExpr expr) {
        if (expr instanceof CExpr.Assignment assignment) {
            return of(assignment.target());
        } else if (expr instanceof CExpr.Step step) {
            return of(step.operand());
        } else if (expr instanceof CExpr.Conditional choice) {
            CType yes = decayed(of(choice.yes()));
            CType no = decayed(of(choice.no()));
            return isArithmetic(yes) && isArithmetic(no) ? common(yes, no) : isArithmetic(yes) ? no : yes;
        } else if (expr instanceof CExpr.Comma comma) {
            return of(comma.right());
        } else if (expr instanceof CExpr.SizeOfType || expr instanceof CExpr.SizeOfValue) {
            return IntegerType.UNSIGNED_LONG;
        } else if (expr instanceof CExpr.Compound compound) {
            return compound.type();
        } else if (expr instanceof CExpr.Text text) {
            return new ArrayType(IntegerType.CHAR, text.text().length() + 1);
        }
        return IntegerType.INT;
    }

    private CType named(CExpr.Name name) {
        return reading.find(name.text())
                .map(CObject::type)
                .or(() -> Optional.ofNullable(reading.unit.functions().get(name.text()))
                        .map(function -> (CType) function.type()))
                .orElse(IntegerType.INT);
    }

    private static CType constant(CExpr.Constant constant) {
        String text = constant.at().text().toLowerCase(Locale.ROOT);
        if (!constant.name().isEmpty() || text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            return IntegerType.INT;
        }
        if (Literals.isUnsignedBySize(constant.at())) {
            return IntegerType.UNSIGNED;
        }
        boolean isLong = text.indexOf('l') >= 0;
        return text.indexOf('u') >= 0
                ? isLong ? IntegerType.UNSIGNED_LONG : IntegerType.UNSIGNED
                : isLong ? IntegerType.LONG : IntegerType.INT;
    }

    private CType member(CExpr.Select select) {
        CType base = of(select.base());
        CType struct = (select.throughPointer() ? pointedTo(base) : base).plain();
        return struct instanceof StructType type
                ? type.member(select.name().text()).map(StructType.Member::type).orElse(IntegerType.INT)
                : IntegerType.INT;
    }

    private CType unary(CExpr.Unary unary) {
        CType operand = of(unary.operand());
        return switch (unary.operator()) {
            case NOT -> IntegerType.INT;
            case COMPLEMENT, PLUS, MINUS -> promoted(operand);
            case DEREFERENCE -> pointedTo(operand);
            case ADDRESS -> new PointerType(operand);
        };
    }

    private CType binary(CExpr.Binary binary) {
        if (isTruth(binary.operator())) {
            return IntegerType.INT;
        }
        CType left = decayed(of(binary.left()));
        if (isShift(binary.operator())) {
            return promoted(left);
        }
        CType right = decayed(of(binary.right()));
        if (!isArithmetic(left)) {
            return isArithmetic(right) ? left : IntegerType.LONG;
        }
        return isArithmetic(right) ? common(left, right) : right;
    }

    private CType call(CExpr.Call call) {
        boolean isWord = call.callee() instanceof CExpr.Name name
                && reading.find(name.text()).isEmpty()
                && !reading.unit.functions().containsKey(name.text());
        if (!isWord) {
            CType callee = of(call.callee()).plain();
            CType function =
                    callee instanceof PointerType pointer ? pointer.target().plain() : callee;
            return function instanceof FunctionType type ? type.result() : IntegerType.INT;
        }
        String word = ((CExpr.Name) call.callee()).text();
        if (call.arguments().isEmpty()) {
            return IntegerType.INT;
        }
        CExpr first = call.arguments().get(0);
        if (OF_TARGET.contains(word)) {
            return pointedTo(of(first));
        }
        return word.equals("__pc_percpu_ptr") ? of(first) : IntegerType.INT;
    }

    private static boolean isTruth(CBinaryOperator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL, LESS, GREATER, NOT_LESS, NOT_GREATER, LOGICAL_AND, LOGICAL_OR -> true;
            default -> false;
        };
    }

    /** Whether the sides of an operator keep their own types. */
    static boolean isShift(CBinaryOperator operator) {
        return operator == CBinaryOperator.SHIFT_LEFT || operator == CBinaryOperator.SHIFT_RIGHT;
    }

    private static boolean isArithmetic(CType type) {
        CType plain = type.plain();
        return plain instanceof IntegerType || plain instanceof EnumType;
    }

    private static CType decayed(CType type) {
        return type.plain() instanceof ArrayType array ? new PointerType(array.element()) : type;
    }

    /** What a value of a type leads to; a function is a pointer to itself (C17, 6.3.2.1). */
    private static CType pointedTo(CType type) {
        CType plain = type.plain();
        if (plain instanceof FunctionType) {
            return plain;
        }
        return plain instanceof PointerType pointer
                ? pointer.target()
                : plain instanceof ArrayType array ? array.element() : IntegerType.INT;
    }

    /** What a number of a type is in a calculation (C17, 6.3.1.1); an enumeration without negative constants is {@code unsigned int}, as gcc has it. */
    static IntegerType promoted(CType type) {
        if (type.plain() instanceof EnumType list) {
            return list.min() < 0 ? IntegerType.INT : IntegerType.UNSIGNED;
        }
        return type.plain() instanceof IntegerType integer && integer.size() >= Integer.BYTES
                ? integer
                : IntegerType.INT;
    }

    /** The type of a calculation with numbers of two types (C17, 6.3.1.8). */
    static IntegerType common(CType one, CType other) {
        IntegerType left = promoted(one);
        IntegerType right = promoted(other);
        if (left.size() != right.size()) {
            return left.size() > right.size() ? left : right;
        }
        return left.isSigned() ? right : left;
    }
}
